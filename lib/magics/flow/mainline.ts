import { isMerge, isPullMerge, isRelease } from '../commits';
import type { CommitFact } from '../facts/history';

/** One step of the shared branch. */
export interface Change {
  commit: CommitFact;
  /** The commits that a merge brought, else the commit itself. */
  parts: CommitFact[];
}

/**
 * What changed the shared branch within the window, newest first: commits and merges on its first-parent line. Without the
 * first commit, releases, merges that only bring a copy up to date, and what bots made alone.
 */
export function changesOf(commits: readonly CommitFact[]): Change[] {
  return allChangesOf(commits).filter(({ parts }) => !parts.every((part) => part.isBot));
}

export function botChangesOf(commits: readonly CommitFact[]): Change[] {
  return allChangesOf(commits).filter(({ parts }) => parts.every((part) => part.isBot));
}

function allChangesOf(commits: readonly CommitFact[]): Change[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const line = commits.filter((commit) => commit.isFirstParent);
  const taken = new Set(line.map((commit) => commit.id));
  const changes = [...line].reverse().map((commit) => ({ commit, parts: partsOf(commit, byId, taken) }));
  return changes
    .reverse()
    .filter(
      ({ commit, parts }) =>
        parts.length > 0 && commit.parents.length > 0 && !isRelease(commit) && !isPullMerge(commit),
    );
}

/** Commits reachable from the side of a merge that no earlier step brought. */
function partsOf(commit: CommitFact, byId: ReadonlyMap<string, CommitFact>, taken: Set<string>): CommitFact[] {
  if (!isMerge(commit)) return [commit];
  const parts: CommitFact[] = [];
  const queue = commit.parents.slice(1);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const part = byId.get(id);
    if (!part || taken.has(id)) continue;
    taken.add(id);
    if (!isMerge(part)) parts.push(part);
    queue.push(...part.parents);
  }
  return parts;
}
