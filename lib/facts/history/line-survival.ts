import { blameTimes, canBlame, reasonUnblamed } from '@/lib/git/blame-times';
import type { GitRepository } from '@/lib/git/open-local';
import type { FileFact } from '@/lib/magics/facts/code';
import type { CommitFact, FileHistoryFact, LineSurvivalFact } from '@/lib/magics/facts/history';
import { compareText, sha256 } from '@/lib/magics/hash';
import { EXTRACTOR_VERSION } from '../blob-facts';
import type { FactsCache } from '../cache/facts-cache';
import { packJson, unpackJson } from '../packed-blob';

interface LineSurvivalRequest {
  repository: GitRepository;
  cache: FactsCache;
  commit: string;
  /** Committer date of the commit, seconds. */
  now: number;
  files: readonly FileFact[];
  fileHistory: readonly FileHistoryFact[];
  commits: readonly CommitFact[];
  signal?: AbortSignal;
}

const DAY = 86_400;
/** Lines had at least so long to be rewritten. */
const SETTLED_SECONDS = 30 * DAY;
const WINDOW_SECONDS = 120 * DAY;
const MIN_ADDED = 20;
/** Files whose lines Git is asked about: those that grew most, without those it would compare for too long. */
const MAX_FILES = 10;
const AT_ONCE = 2;
/** Reformatting and imports of foreign code are no work of the day. */
const MAX_COMMIT_LINES = 5_000;

interface Growth {
  added: number;
  /** Commits of the window that touch the file, later ones included. */
  touches: number;
}

/**
 * Of the lines that commits of 30 to 120 days ago added to files of today: those that are still there. A file that one
 * commit alone touched since says so itself; of the others, as far as the limit goes, Git is asked, and what it said stays
 * true until the file changes.
 */
export async function collectLineSurvival(
  request: LineSurvivalRequest,
): Promise<{ fact: LineSurvivalFact } | { missing: string }> {
  const { now, cache } = request;
  const [since, until] = [now - WINDOW_SECONDS, now - SETTLED_SECONDS];
  const growth = growthOf(request.commits, since, until);
  const history = new Map(request.fileHistory.map((file) => [file.path, file]));
  const grown = request.files.flatMap(({ path, role, blobId, sizeBytes }) => {
    const { added, touches } = growth.get(path) ?? { added: 0, touches: 0 };
    const file = history.get(path);
    if (role !== 'production' || added < MIN_ADDED || !file) return [];
    const key = `${sha256('elder.line-survival', request.repository.scope ?? '', path, blobId, file.changedIn)}:blame:${EXTRACTOR_VERSION}`;
    return [{ path, added, touches, sizeBytes, key, since: Math.max(file.changedAt - WINDOW_SECONDS, 0) }];
  });
  grown.sort((a, b) => b.added - a.added || compareText(a.path, b.path));
  const asked = grown
    .filter(({ touches, sizeBytes }) => touches > 1 && canBlame({ sizeBytes, commits: touches }))
    .slice(0, MAX_FILES);

  const rows: LineSurvivalFact['files'] = [];
  for (const { path, added, touches } of grown) if (touches === 1) rows.push({ path, added, kept: added });
  try {
    const known = await cache.getCommits(asked.map(({ key }) => key));
    const fresh = new Map<string, Uint8Array>();
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      const read = asked.slice(start, start + AT_ONCE).map(async (file) => {
        const data = known.get(file.key);
        const times = data ? unpackJson<Blame>(data).times : await timesOf(request, file);
        if (!data) fresh.set(file.key, packJson({ times } satisfies Blame));
        const kept = times.filter((at) => at > since && at <= until).length;
        // Lines of a former name are among those of today, not among those counted here.
        return { path: file.path, added: file.added, kept: Math.min(kept, file.added) };
      });
      rows.push(...(await Promise.all(read)));
    }
    if (fresh.size > 0) await cache.putCommits(fresh);
  } catch (error) {
    return { missing: reasonUnblamed(error) };
  }
  rows.sort((a, b) => compareText(a.path, b.path));
  return { fact: { since, until, files: rows, leftOut: grown.length - rows.length } };
}

/** Committer times of the lines of a file, those of the window before its last change alone. */
interface Blame {
  times: number[];
}

async function timesOf(
  { repository, commit, signal }: LineSurvivalRequest,
  { path, since }: { path: string; since: number },
): Promise<number[]> {
  const times = await blameTimes(repository, { commit, path, since }, signal);
  return [...times.values()].filter((at) => at > since);
}

function growthOf(commits: readonly CommitFact[], since: number, until: number): ReadonlyMap<string, Growth> {
  const growth = new Map<string, Growth>();
  for (const { committedAt, files } of commits) {
    if (committedAt <= since) continue;
    const lines = files.reduce((sum, { added, deleted }) => sum + (added ?? 0) + (deleted ?? 0), 0);
    const isCounted = committedAt <= until && lines <= MAX_COMMIT_LINES;
    for (const { path, added } of files) {
      const known = growth.get(path) ?? { added: 0, touches: 0 };
      known.touches += 1;
      if (isCounted) known.added += added ?? 0;
      growth.set(path, known);
    }
  }
  return growth;
}
