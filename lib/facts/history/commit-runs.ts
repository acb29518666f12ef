import { sha256 } from '@/lib/magics/hash';
import { EXTRACTOR_VERSION } from '../blob-facts';

/** Commits of a history, one after the other, whose facts are read and kept together. */
export interface CommitRun {
  /** Names all that goes into what is kept. */
  key: string;
  /** Newest first. */
  ids: readonly string[];
}

/** What is kept of commits. `brief`: files and people. `full`: messages and line counts too. `secrets`: past credentials. */
export type RunReading = 'brief' | 'full' | 'secrets';

const MAX_COMMITS = 512;
/** One commit in 64 begins a run: what a new commit makes stale is read again, what is left alone stays few rows. */
const isStart = (id: string): boolean => Number.parseInt(id.slice(0, 2), 16) < 4;

/** Commits that belong together, newest first. */
export type CommitCut = readonly string[];

/**
 * Cuts commits, newest first, into those that are read and kept together. The commits themselves say where: one that comes
 * or goes changes the run that holds it, and no other. Only where 512 in a row begin none are later cuts counted from the
 * older end, and move with it.
 */
export function cutCommits(ids: readonly string[]): CommitCut[] {
  const cuts: CommitCut[] = [];
  let end = ids.length;
  for (let place = ids.length - 1; place >= 0; place -= 1) {
    const isLast = place === 0 || end - place === MAX_COMMITS || isStart(ids[place - 1] ?? '');
    if (!isLast) continue;
    cuts.push(ids.slice(place, end));
    end = place;
  }
  return cuts.reverse();
}

/**
 * @param scope as in `GitRepository`. Runs hold what trees and blobs say, which only a fetch has checked: other
 * repositories keep theirs to themselves.
 */
export function runsOf(cuts: readonly CommitCut[], reading: RunReading, scope?: string): CommitRun[] {
  const suffix = `${reading}:${EXTRACTOR_VERSION}${scope === undefined ? '' : `:${scopeKey(scope)}`}`;
  return cuts.map((ids) => ({ key: `${sha256('elder.commit-run', ids.join(' '))}:${suffix}`, ids }));
}

function scopeKey(scope: string): string {
  return sha256('elder.commit-scope', scope).slice(0, 32);
}
