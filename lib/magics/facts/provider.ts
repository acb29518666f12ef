/** What the host of a repository knows beyond Git. Lists are sorted by number or time; times are seconds. */
export interface ProviderFact {
  /** Rules of the audited branch; null when it has none. */
  protection: BranchProtectionFact | null;
  /** Merged or open within 12 months of `now`, newest first, at most 500. */
  pullRequests: PullRequestFact[];
  issues: IssueFact[];
  checks: CheckRunFact[];
}

export interface BranchProtectionFact {
  allowsForcePush: boolean;
  allowsDeletion: boolean;
  /** Approvals a change needs, 0 for none. */
  requiredApprovals: number;
  needsOwnerReview: boolean;
  /** New commits withdraw the approvals before them. */
  dismissesStaleApprovals: boolean;
  requiredChecks: string[];
  /** Holds for administrators too. */
  isEnforcedForAdmins: boolean;
}

export interface PullRequestFact {
  number: number;
  author: string;
  isBot: boolean;
  isDraft: boolean;
  openedAt: number;
  mergedAt: number | null;
  /** Commit on the audited branch that it became, else null. */
  mergeCommitId: string | null;
  changedLines: number;
  /** Characters of the description without the template. */
  bodyLength: number;
  /** Logins of those who approved, the author left out, sorted. */
  approvedBy: string[];
  /** Reviewers whose requested changes were neither withdrawn nor followed by an approval of theirs, sorted. */
  changesRequestedBy: string[];
}

export interface IssueFact {
  number: number;
  openedAt: number;
  closedAt: number | null;
  /** First answer or label by somebody else than the author. */
  triagedAt: number | null;
  labels: string[];
}

export interface CheckRunFact {
  commitId: string;
  name: string;
  startedAt: number;
  completedAt: number;
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed-out';
}
