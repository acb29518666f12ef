/**
 * What the host of a repository knows beyond Git, as it said when it was asked. Times are seconds. A part that is in `missing`
 * is empty and says nothing: that is no "none".
 */
export interface ProviderFact {
  /** Rules of the audited branch; null when it has none. */
  protection: BranchProtectionFact | null;
  /** Into the audited branch: open ones, and those merged within 12 months of `now`; newest first, at most 500. */
  pullRequests: PullRequestFact[];
  /** Open ones, newest first, at most 300. */
  issues: IssueFact[];
  /** That ended, of the newest commits of the branch, at most 300. */
  checks: CheckRunFact[];
  /** Why the host does not tell a part. */
  missing: Partial<Record<HostPart, HostGap>>;
  /** Parts of which the host has more than was read: the newest are here. */
  cut: HostPart[];
}

export const HOST_PARTS = ['protection', 'pullRequests', 'issues', 'checks'] as const;
export type HostPart = (typeof HOST_PARTS)[number];

/**
 * `host-scope`: the credential lacks what is `needed`. `host-untold`: the host has no such API. `host-limit`: it wants no
 * further request, or ours are spent. `host-refused`: it does not take the credential, or hides the repository. `host-down`: no
 * answer in time, or none that can be read.
 */
export const HOST_GAPS = ['host-scope', 'host-untold', 'host-limit', 'host-refused', 'host-down'] as const;

export interface HostGap {
  reason: (typeof HOST_GAPS)[number];
  /** In the host's own words; empty but for `host-scope`. */
  needed: string;
}

/** null: the host does not tell it, or not to this credential. */
export interface BranchProtectionFact {
  allowsForcePush: boolean | null;
  allowsDeletion: boolean | null;
  /** Approvals a change needs, 0 for none. */
  requiredApprovals: number | null;
  needsOwnerReview: boolean | null;
  /** New commits withdraw the approvals before them. */
  dismissesStaleApprovals: boolean | null;
  requiredChecks: string[] | null;
  /** Holds for administrators too. */
  isEnforcedForAdmins: boolean | null;
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
  /** null: the host does not tell. */
  changedLines: number | null;
  /** Characters of the description without the template. */
  bodyLength: number;
  /** Logins of those who approved a merged one, the author left out, sorted. */
  approvedBy: string[];
  /** Reviewers whose requested changes were neither withdrawn nor followed by an approval of theirs, sorted. */
  changesRequestedBy: string[];
}

export interface IssueFact {
  number: number;
  openedAt: number;
  closedAt: number | null;
  /** First answer or label by somebody else than the author; by anybody, where the host lists no authors of answers. */
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
