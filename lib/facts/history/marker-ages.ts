import { isAppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import type { CommentFact, FileHistoryFact, MarkerAgeFact } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import { findMarker } from '@/lib/magics/markers';

interface MarkerAgesRequest {
  repository: GitRepository;
  commit: string;
  /** Committer date of the commit, seconds. */
  now: number;
  comments: readonly CommentFact[];
  fileHistory: readonly FileHistoryFact[];
  signal?: AbortSignal;
}

const DAY = 86_400;
/** Whoever is older is just old. */
const OLD_SECONDS = 365 * DAY;
/** Whoever is younger is no subject. */
const YOUNG_SECONDS = 180 * DAY;
/** Files whose lines are asked for one by one: those with most markers. */
const MAX_FILES = 5;
const MAX_LINES = 100;
const MAX_COMMENT_LINES = 30;
const TIMEOUT_MS = 30_000;
const AT_ONCE = 2;

/**
 * Since when each marker has stood as it does, by path and line. A file that has long been left alone, or is young, says it
 * by itself; of the others, as far as the limit goes, Git is asked for the last year. Null with the reason when Git cannot tell.
 */
export async function collectMarkerAges(
  request: MarkerAgesRequest,
): Promise<{ rows: MarkerAgeFact[] } | { missing: string }> {
  const history = new Map(request.fileHistory.map((file) => [file.path, file]));
  const rows: MarkerAgeFact[] = [];
  const open = new Map<string, CommentFact[]>();
  for (const comment of request.comments) {
    if ((comment.role !== 'production' && comment.role !== 'test') || !findMarker(comment.text)) continue;
    const file = history.get(comment.path);
    if (!file) continue;
    if (file.changedAt <= request.now - OLD_SECONDS) rows.push(toRow(comment, file.changedAt));
    else if (file.createdAt > request.now - YOUNG_SECONDS) rows.push(toRow(comment, file.createdAt));
    else open.set(comment.path, [...(open.get(comment.path) ?? []), comment]);
  }

  const asked = [...open].sort(([a, some], [b, others]) => others.length - some.length || compareText(a, b));
  try {
    for (let start = 0; start < Math.min(asked.length, MAX_FILES); start += AT_ONCE) {
      const files = asked.slice(start, Math.min(start + AT_ONCE, MAX_FILES));
      const read = await Promise.all(
        files.map(([path, comments]) => blame(request, path, comments.slice(0, MAX_LINES))),
      );
      rows.push(...read.flat());
    }
  } catch (error) {
    const reason = isAppError(error) ? REASONS[error.code] : undefined;
    if (!reason) throw error;
    return { missing: reason };
  }
  return { rows: rows.sort((a, b) => compareText(a.path, b.path) || a.line - b.line) };
}

const REASONS: Partial<Record<string, string>> = {
  repository_corrupt: 'corrupt',
  repository_too_large: 'too-large',
  repository_unreadable: 'corrupt',
};

async function blame(
  request: MarkerAgesRequest,
  path: string,
  comments: readonly CommentFact[],
): Promise<MarkerAgeFact[]> {
  const { repository, commit, now, signal } = request;
  const ranges = comments.map((comment) => `-L${comment.line},${lastLine(comment)}`);
  const since = `--since=@${now - OLD_SECONDS} +0000`;
  const output = await runGit(['blame', '--porcelain', '--no-textconv', '-w', since, ...ranges, commit, '--', path], {
    gitDir: repository.gitDir,
    config: ['blame.ignoreRevsFile='],
    signal,
    timeoutMs: TIMEOUT_MS,
  });
  const times = lineTimes(output.toString('utf8'));
  return comments.flatMap((comment) => {
    let newest = 0;
    for (let line = comment.line; line <= lastLine(comment); line += 1) newest = Math.max(newest, times.get(line) ?? 0);
    return newest === 0 ? [] : [toRow(comment, newest)];
  });
}

function lastLine({ line, endLine }: CommentFact): number {
  return Math.min(endLine, line + MAX_COMMENT_LINES);
}

function toRow({ path, role, line }: CommentFact, since: number): MarkerAgeFact {
  return { path, role, line, since };
}

const HEADER = /^(?<id>[0-9a-f]{40,64}) \d+ (?<line>\d+)(?: \d+)?$/;

/** Committer time of each line that Git was asked for; content lines begin with a tab. */
function lineTimes(porcelain: string): Map<number, number> {
  const timeOf = new Map<string, number>();
  const commitOf = new Map<number, string>();
  let current = '';
  for (const line of porcelain.split('\n')) {
    if (line.startsWith('\t')) continue;
    const header = HEADER.exec(line)?.groups;
    if (header?.id) {
      current = header.id;
      commitOf.set(Number(header.line), current);
    } else if (line.startsWith('committer-time ')) timeOf.set(current, Number(line.slice(15)));
  }
  return new Map([...commitOf].map(([line, id]) => [line, timeOf.get(id) ?? 0]));
}
