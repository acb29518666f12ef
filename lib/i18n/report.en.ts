import { counted } from './counted';

/** Texts of the reports that people read away from the product. */
export const reportEn = {
  title: (project: string) => `Audit report: ${project}`,
  audit: (number: number) => `Audit #${number}`,
  facts: {
    audit: 'Audit',
    branch: 'Branch',
    commit: 'Commit',
    ended: 'Ended (UTC)',
    health: 'Health',
    gate: 'Gate',
    resultHash: 'Result hash',
    evidence: 'Evidence',
  },
  noScore: 'no score: nothing could be judged',
  judged: (share: number) => `${share} % of the weight could be judged`,
  partial: 'This audit is partial: a part could not be judged, and it has no result hash.',
  noGate: 'not asked',
  noHash: 'none: only a complete result has one',
  evidence: (sequence: number, keyId: string) => `entry ${sequence} of the project’s chain, signed with key ${keyId}`,
  notJudged: 'could not be judged',
  magics: 'Magics',
  columns: {
    magic: 'Magic',
    status: 'Status',
    score: 'Score',
    weight: 'Weight',
    severity: 'Severity',
    findings: 'Findings',
    place: 'Place',
    finding: 'Finding',
    rule: 'Rule',
  },
  findings: (count: number) => `Findings: ${count}`,
  findingsOfTool: (tool: string, count: number) => `Reported by ${tool}: ${count}`,
  othersAbout: 'These findings do not count in the score. They stand as they do today.',
  othersUnknown: 'What other tools reported is told with the newest audit alone, and is not in this report.',
  chosen: 'Only findings that somebody chose by a filter are listed.',
  none: 'No findings.',
  leftOut: (count: number) =>
    `${counted(String(count), 'more finding is', 'more findings are')} not shown here, the least severe; the CSV and JSON exports hold all of them.`,
  fix: 'Fix',
  repository: 'whole repository',
  skipped: 'Not evaluated',
  page: (page: number, pages: number) => `${page} of ${pages}`,
  sarif: {
    cut: (count: number, total: number) =>
      `${count} of ${total} results, the least severe, were left out to stay within the limits of GitHub code scanning.`,
    hidden: (shown: number) => `GitHub code scanning shows the first ${shown} of these results.`,
  },
};

export type ReportText = typeof reportEn;
