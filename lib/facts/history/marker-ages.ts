import { blameTimes, reasonUnblamed } from '@/lib/git/blame-times';
import type { GitRepository } from '@/lib/git/open-local';
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
    return { missing: reasonUnblamed(error) };
  }
  return { rows: rows.sort((a, b) => compareText(a.path, b.path) || a.line - b.line) };
}

async function blame(
  request: MarkerAgesRequest,
  path: string,
  comments: readonly CommentFact[],
): Promise<MarkerAgeFact[]> {
  const { repository, commit, now, signal } = request;
  const ranges = comments.map((comment) => [comment.line, lastLine(comment)] as const);
  const times = await blameTimes(repository, { commit, path, since: now - OLD_SECONDS, ranges }, signal);
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
