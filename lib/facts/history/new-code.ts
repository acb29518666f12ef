import { blameTimes, canBlame, reasonUnblamed } from '@/lib/git/blame-times';
import type { GitRepository } from '@/lib/git/open-local';
import type { FileFact } from '@/lib/magics/facts/code';
import type { CommitFact, FileHistoryFact, NewCodeFact } from '@/lib/magics/facts/history';
import type { CoverageFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';

interface NewCodeRequest {
  repository: GitRepository;
  commit: string;
  /** Committer date of the commit, seconds. */
  now: number;
  coverage: readonly CoverageFact[];
  files: readonly FileFact[];
  fileHistory: readonly FileHistoryFact[];
  commits: readonly CommitFact[];
  signal?: AbortSignal;
}

const WINDOW_SECONDS = 30 * 86_400;
/** Files whose lines Git is asked about: those that grew most, without those it would compare for too long. */
const MAX_FILES = 30;
const AT_ONCE = 2;

/**
 * Which of the lines a coverage report knows are new. A file that is new as a whole says so itself; of the others, as far as
 * the limit goes, Git is asked.
 */
export async function collectNewCode(request: NewCodeRequest): Promise<{ fact: NewCodeFact } | { missing: string }> {
  const { now, fileHistory } = request;
  const since = now - WINDOW_SECONDS;
  const coverage = bestOf(request);
  const changed = fileHistory.filter(({ path, changedAt }) => changedAt > since && coverage.has(path));
  const old = changed.filter(({ createdAt }) => createdAt <= since).map(({ path }) => path);
  const growth = growthOf(request.commits, since);
  const sizes = new Map(request.files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  old.sort((a, b) => (growth.get(b)?.added ?? 0) - (growth.get(a)?.added ?? 0) || compareText(a, b));
  const asked = old
    .filter((path) => canBlame({ sizeBytes: sizes.get(path) ?? 0, commits: growth.get(path)?.commits ?? 0 }))
    .slice(0, MAX_FILES);

  const rows: NewCodeFact['files'] = [];
  for (const { path, createdAt } of changed) if (createdAt > since) rows.push(...rowOf(coverage.get(path), () => true));
  try {
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      const read = asked.slice(start, start + AT_ONCE).map(async (path) => {
        const { repository, commit, signal } = request;
        const times = await blameTimes(repository, { commit, path, since }, signal);
        return rowOf(coverage.get(path), (line) => (times.get(line) ?? 0) > since);
      });
      rows.push(...(await Promise.all(read)).flat());
    }
  } catch (error) {
    return { missing: reasonUnblamed(error) };
  }
  rows.sort((a, b) => compareText(a.path, b.path));
  return { fact: { since, files: rows, candidates: changed.length, leftOut: old.length - asked.length } };
}

/** Of several reports on one file the one that saw most of it run speaks for it. */
function bestOf({ coverage, files }: NewCodeRequest): ReadonlyMap<string, CoverageFact> {
  const production = new Set(files.filter(({ role }) => role === 'production').map(({ path }) => path));
  const best = new Map<string, CoverageFact>();
  for (const row of coverage) {
    if (production.has(row.path) && row.hit > (best.get(row.path)?.hit ?? -1)) best.set(row.path, row);
  }
  return best;
}

interface Growth {
  added: number;
  commits: number;
}

/** Lines that commits of the window added, and how many they were, by path. */
function growthOf(commits: readonly CommitFact[], since: number): ReadonlyMap<string, Growth> {
  const growth = new Map<string, Growth>();
  for (const { committedAt, files } of commits) {
    if (committedAt <= since) continue;
    for (const file of files) {
      const { added, commits: touches } = growth.get(file.path) ?? { added: 0, commits: 0 };
      growth.set(file.path, { added: added + (file.added ?? 0), commits: touches + 1 });
    }
  }
  return growth;
}

function rowOf(row: CoverageFact | undefined, isNew: (line: number) => boolean): NewCodeFact['files'] {
  if (!row) return [];
  const hit = linesIn(row.hitLines).filter(isNew);
  const missed = linesIn(row.missedLines).filter(isNew);
  const lines = hit.length + missed.length;
  return lines === 0 ? [] : [{ path: row.path, lines, hit: hit.length, firstMissed: missed[0] ?? null }];
}

function linesIn(runs: readonly number[]): number[] {
  const lines: number[] = [];
  for (let at = 0; at + 1 < runs.length; at += 2) {
    for (let line = runs[at] ?? 0; line <= (runs[at + 1] ?? -1); line += 1) lines.push(line);
  }
  return lines;
}
