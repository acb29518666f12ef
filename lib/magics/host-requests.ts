import type { CommitFact } from './facts/history';
import type { ProviderFact, PullRequestFact } from './facts/provider';

/** By their number and by the commit that they became. */
export type MergedRequests = ReadonlyMap<string | number, PullRequestFact>;

const REQUEST_NUMBER = /\(#(?<squash>\d{1,8})\)\s*$|^Merge pull request #(?<merge>\d{1,8})\b/;

/** Empty where the host was not asked, or did not tell. */
export function mergedRequests(provider: ProviderFact | null): MergedRequests {
  const known = new Map<string | number, PullRequestFact>();
  for (const request of provider?.pullRequests.filter(({ mergedAt }) => mergedAt !== null) ?? []) {
    known.set(request.number, request);
    if (request.mergeCommitId !== null) known.set(request.mergeCommitId, request);
  }
  return known;
}

/** The request by which a commit of the shared branch came, as the host knows it; null when it knows none. */
export function requestOf(
  { id, subject }: Pick<CommitFact, 'id' | 'subject'>,
  requests: MergedRequests,
): PullRequestFact | null {
  const became = requests.get(id);
  if (became) return became;
  const { squash, merge } = REQUEST_NUMBER.exec(subject)?.groups ?? {};
  const named = requests.get(Number(squash ?? merge ?? Number.NaN));
  // A request that became another commit has its number by chance: issues are counted apart at some hosts.
  return named && named.mergeCommitId === null ? named : null;
}
