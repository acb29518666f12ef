import { blameTimes, reasonUnblamed } from '@/lib/git/blame-times';
import type { GitRepository } from '@/lib/git/open-local';
import type { TreeEntry } from '@/lib/git/read-tree';
import type { CommentFact } from '@/lib/magics/facts/code';
import type { FileHistoryFact, MarkerAgeFact } from '@/lib/magics/facts/history';
import { compareText, sha256 } from '@/lib/magics/hash';
import { findMarker } from '@/lib/magics/markers';
import { EXTRACTOR_VERSION } from '../blob-facts';
import type { FactsCache } from '../cache/facts-cache';
import { packJson, unpackJson } from '../packed-blob';

interface MarkerAgesRequest {
  repository: GitRepository;
  cache: FactsCache;
  commit: string;
  tree: readonly TreeEntry[];
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
 * by itself; of the others, as far as the limit goes, Git is asked for the year before its last change: what is older is old
 * whatever the date, and what Git said stays true until the file changes.
 */
export async function collectMarkerAges(
  request: MarkerAgesRequest,
): Promise<{ rows: MarkerAgeFact[] } | { missing: string }> {
  const history = new Map(request.fileHistory.map((file) => [file.path, file]));
  const blobs = new Map(request.tree.map(({ path, blobId }) => [path, blobId]));
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

  const asked = [...open]
    .sort(([a, some], [b, others]) => others.length - some.length || compareText(a, b))
    .slice(0, MAX_FILES)
    .map(([path, comments]): Question => {
      const { changedAt = 0, changedIn = '' } = history.get(path) ?? {};
      const lines = comments.slice(0, MAX_LINES);
      const key = keyOf(request.repository, [path, blobs.get(path) ?? '', changedIn], lines);
      return { key, path, comments: lines, since: Math.max(changedAt - OLD_SECONDS, 0) };
    });
  try {
    const known = await request.cache.getCommits(asked.map(({ key }) => key));
    const fresh = new Map<string, Uint8Array>();
    const answer = async (question: Question): Promise<MarkerAgeFact[]> => {
      const data = known.get(question.key);
      if (data) return agesOf(question, new Map(unpackJson<Blame>(data).times));
      const times = await blame(request, question);
      fresh.set(question.key, packJson({ times: [...times] } satisfies Blame));
      return agesOf(question, times);
    };
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      rows.push(...(await Promise.all(asked.slice(start, start + AT_ONCE).map(answer))).flat());
    }
    if (fresh.size > 0) await request.cache.putCommits(fresh);
  } catch (error) {
    return { missing: reasonUnblamed(error) };
  }
  return { rows: rows.sort((a, b) => compareText(a.path, b.path) || a.line - b.line) };
}

/** The lines of one file whose age is asked for. */
interface Question {
  /** Names all that the answer depends on. */
  key: string;
  path: string;
  comments: readonly CommentFact[];
  /** Seconds; lines that are older are as old as the newest commit before. */
  since: number;
}

/** Committer time by line. */
interface Blame {
  times: [line: number, at: number][];
}

function keyOf({ scope = '' }: GitRepository, file: readonly string[], comments: readonly CommentFact[]): string {
  const lines = comments.map((comment) => `${comment.line},${lastLine(comment)}`).join(' ');
  return `${sha256('elder.marker-ages', scope, ...file, lines)}:blame:${EXTRACTOR_VERSION}`;
}

async function blame(
  { repository, commit, signal }: MarkerAgesRequest,
  { path, comments, since }: Question,
): Promise<ReadonlyMap<number, number>> {
  const ranges = comments.map((comment) => [comment.line, lastLine(comment)] as const);
  return blameTimes(repository, { commit, path, since, ranges }, signal);
}

function agesOf({ comments }: Question, times: ReadonlyMap<number, number>): MarkerAgeFact[] {
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
