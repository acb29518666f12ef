import type { IssueFact, ProviderFact, PullRequestFact } from '../facts/provider';

/** Requests and issues for examples: what a host would say of a small repository. */
export function request(number: number, given: Partial<PullRequestFact> = {}): PullRequestFact {
  return {
    number,
    author: 'ada',
    isBot: false,
    isDraft: false,
    openedAt: 1_704_100_000,
    mergedAt: null,
    mergeCommitId: null,
    changedLines: 20,
    bodyLength: 200,
    approvedBy: [],
    changesRequestedBy: [],
    ...given,
  };
}

export function providerWith(pullRequests: PullRequestFact[], issues: IssueFact[] = []): ProviderFact {
  return { protection: null, pullRequests, issues, checks: [], missing: {}, cut: [] };
}
