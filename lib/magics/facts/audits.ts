/** Health of the project in an earlier audit of the audited branch. */
export interface ScoreFact {
  at: number;
  /** 0–100 */
  score: number;
}

/** What the server judged before, of the same branch. */
export interface LastAuditFact {
  commit: string;
  /** Of the audit, within the project. */
  number: number;
  /** It leads to the audited commit, or is reached from it: nothing was taken out of the history. */
  isKept: boolean;
}
