import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { type CommitFact, HISTORY_FACTS, type HistorySummary } from '@/lib/magics/facts';
import { type FactsCache, MAX_BATCH } from '../cache/facts-cache';
import { markCodeChanges, type ReadCode } from './code-claims';
import { toCommitFact } from './commit-fact';
import { type CommitGraph, type GraphCommit, readGraph } from './commit-graph';
import { type CommitDetail, type CommitRecord, commitKey } from './commit-record';
import { readFileRevisions } from './file-revisions';
import type { HistoryFacts } from './history-facts';
import { createHistoryTotals, type HistoryTotals } from './history-totals';
import { largeBlobsAtHead, measureBlobs } from './large-blobs';
import { parseMailmap } from './mailmap';
import { findMoves } from './moves';
import { collectPastSecrets, MAX_PAST_BYTES } from './past-secrets';
import { bytesOfTexts, createPastTexts, type PastText } from './past-texts';
import { readCommits } from './read-commits';
import { readSettingChanges } from './setting-changes';
import { listTags } from './tags';

export interface HistoryRequest {
  repository: GitRepository;
  commit: string;
  branch: string | null;
  tree: readonly TreeEntry[];
  cache: FactsCache;
  readCode: ReadCode;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

const WINDOW_SECONDS = 365 * 86_400;
const WINDOW_COMMITS = 2_000;
/** Changed files whose records are held at once, and over the whole window. */
const BATCH_FILES = 100_000;
const WINDOW_FILES = 2_000_000;
const MAX_MAILMAP_BYTES = 1024 ** 2;

/** Reads all that history says about one commit; what cannot be read is null, with its reason. */
export async function collectHistory(request: HistoryRequest): Promise<HistoryFacts> {
  if (request.repository.isShallow) return missingHistory('shallow');
  try {
    return await readHistory(request);
  } catch (error) {
    const reason = error instanceof AppError ? MISSING_REASONS[error.code] : undefined;
    if (!reason) throw error;
    return missingHistory(reason);
  }
}

const MISSING_REASONS: Partial<Record<AppError['code'], string>> = {
  repository_corrupt: 'corrupt',
  repository_no_such_branch: 'corrupt',
  repository_timeout: 'timeout',
  repository_too_large: 'too-large',
  repository_unreadable: 'corrupt',
};

function nothing(): HistoryFacts['facts'] {
  return Object.fromEntries(HISTORY_FACTS.map((name) => [name, null])) as HistoryFacts['facts'];
}

export function missingHistory(reason: string): HistoryFacts {
  return {
    facts: nothing(),
    missing: Object.fromEntries(HISTORY_FACTS.map((name) => [name, reason])),
    readCommits: 0,
  };
}

async function readHistory(request: HistoryRequest): Promise<HistoryFacts> {
  const { repository, commit, tree, signal } = request;
  const [graph, mailmap] = await Promise.all([readGraph(repository, commit, signal), readMailmap(request)]);
  const identify = parseMailmap(mailmap);
  const totals = createHistoryTotals(new Set(tree.map((entry) => entry.path)), identify);
  const window = windowOf(graph.commits);
  const oldest = graph.commits.length - 1;
  const indexOf = new Map(graph.commits.map(({ id }, place) => [id, oldest - place]));

  const records = new Map<string, CommitRecord>();
  const large = new Map<string, number>();
  const textBytes = new Map<string, number>();
  const texts = new Map<string, readonly PastText[]>();
  let done = 0;
  let windowFiles = 0;
  let readFromGit = 0;
  const take = (id: string, record: CommitRecord, detail: CommitDetail): void => {
    totals.add(indexOf.get(id) ?? 0, record);
    for (const [path, sizeBytes] of record.largeBlobs ?? []) {
      large.set(path, Math.max(sizeBytes, large.get(path) ?? 0));
    }
    if (record.textBytes) textBytes.set(id, record.textBytes);
    if (detail === 'full') {
      records.set(id, record);
      windowFiles += record.files.length;
      if (windowFiles > WINDOW_FILES)
        throw new AppError('repository_too_large', 'recent commits change too many files');
    }
    done += 1;
    if (done % 500 === 0) request.onProgress?.(done, graph.commits.length);
  };
  const inWindow = new Set(window.map(({ id }) => id));
  const before = graph.commits.filter(({ id }) => !inWindow.has(id));
  await Promise.all([
    eachRecord(request, window, 'full', take, texts).then((count) => {
      readFromGit += count;
    }),
    eachRecord(request, before, 'brief', take, texts).then((count) => {
      readFromGit += count;
    }),
  ]);

  const commits = window.flatMap((entry): CommitFact[] => {
    const record = records.get(entry.id);
    return record ? [toCommitFact(entry, record, graph, identify)] : [];
  });
  await markCodeChanges(request, commits);
  const pastSecrets = await collectPastSecrets({
    repository,
    cache: request.cache,
    commits: graph.commits,
    textBytesOf: (id) => textBytes.get(id) ?? 0,
    textsOf: (ids) => readTexts(request, ids, texts),
    signal,
  });
  return {
    facts: {
      commits,
      fileHistory: totals.fileHistory(),
      fileRevisions: await readFileRevisions(request, commits),
      tags: await listTags(repository, (id) => indexOf.has(id), signal),
      largeBlobs: largeBlobsAtHead(tree, large),
      pastSecrets,
      settingChanges: await readSettingChanges(repository, commits, signal),
      history: summarise(request, graph, commits, totals),
    },
    missing: {},
    readCommits: readFromGit,
  };
}

async function readMailmap({ repository, tree, signal }: HistoryRequest): Promise<string> {
  const entry = tree.find(({ path, mode }) => path === '.mailmap' && mode.startsWith('100'));
  if (!entry || entry.sizeBytes > MAX_MAILMAP_BYTES) return '';
  for await (const { bytes } of readBlobs(repository, [entry.blobId], signal)) return bytes?.toString('utf8') ?? '';
  return '';
}

/** Within 12 months of the newest commit, or the newest 2,000, whichever is less. */
export function windowOf(commits: readonly GraphCommit[]): GraphCommit[] {
  const start = (commits[0]?.committedAt ?? 0) - WINDOW_SECONDS;
  return commits.filter(({ committedAt }) => committedAt >= start).slice(0, WINDOW_COMMITS);
}

function summarise(
  request: HistoryRequest,
  graph: CommitGraph,
  commits: readonly CommitFact[],
  totals: HistoryTotals,
): HistorySummary {
  return {
    isShallow: false,
    commits: graph.commits.length,
    contributors: totals.contributors(),
    activity: totals.activeSince((graph.commits[0]?.committedAt ?? 0) - WINDOW_SECONDS),
    windowStart: commits.reduce(
      (least, { committedAt }) => Math.min(least, committedAt),
      request.repository.isShallow ? 0 : Number.MAX_SAFE_INTEGER,
    ),
    branch: request.branch,
  };
}

/** Texts that were held since their commits were read, and those of commits that the cache knew. */
async function readTexts(
  { repository, tree, signal }: HistoryRequest,
  ids: readonly string[],
  held: ReadonlyMap<string, readonly PastText[]>,
): Promise<Map<string, readonly PastText[]>> {
  const known = new Map(ids.map((id): [string, readonly PastText[]] => [id, held.get(id) ?? []]));
  const others = ids.filter((id) => !held.has(id));
  if (others.length === 0) return known;
  const texts = createPastTexts();
  const blobs = new Map<string, []>();
  for await (const commit of readCommits(repository, others, 'brief', signal)) {
    texts.add(commit);
    for (const [, after] of commit.blobs) blobs.set(after, []);
  }
  await measureBlobs(repository, blobs, sizesOf(tree), texts.measure, signal);
  for (const [id, list] of texts.finish()) known.set(id, list);
  return known;
}

function sizesOf(tree: readonly TreeEntry[]): Map<string, number> {
  return new Map(tree.map(({ blobId, sizeBytes }) => [blobId, sizeBytes]));
}

/** Hands on each record once, from the cache where it is known; holds the texts of the newest that it does not know. */
async function eachRecord(
  { repository, cache, tree, signal }: HistoryRequest,
  commits: readonly GraphCommit[],
  detail: CommitDetail,
  take: (id: string, record: CommitRecord, detail: CommitDetail) => void,
  held: Map<string, readonly PastText[]>,
): Promise<number> {
  const keyOf = (id: string): string => commitKey(id, detail, repository.scope);
  const unknown: string[] = [];
  for (let start = 0; start < commits.length; start += MAX_BATCH) {
    const batch = commits.slice(start, start + MAX_BATCH);
    const known = await cache.getCommits(batch.map(({ id }) => keyOf(id)));
    for (const { id } of batch) {
      const record = known.get(keyOf(id));
      if (record) take(id, record, detail);
      else unknown.push(id);
    }
  }

  if (unknown.length === 0) return 0;
  const sizes = sizesOf(tree);
  let files = 0;
  let heldBytes = 0;
  let fresh = new Map<string, CommitRecord>();
  // Not kept: the blobs may be there the next time.
  const uncounted = new Set<string>();
  const blobs = new Map<string, [path: string, record: CommitRecord][]>();
  let texts = createPastTexts();
  const flush = async (): Promise<void> => {
    await measureBlobs(repository, blobs, sizes, texts.measure, signal);
    for (const [id, list] of texts.finish()) {
      const record = fresh.get(id);
      if (record) record.textBytes = bytesOfTexts(list);
      if (list.some(({ sizeBytes }) => sizeBytes === 0)) uncounted.add(id);
      heldBytes += bytesOfTexts(list);
      if (heldBytes <= MAX_PAST_BYTES) held.set(id, list);
    }
    texts = createPastTexts();
    for (const [id, record] of fresh) take(id, record, detail);
    const whole = [...fresh].filter(([id]) => !uncounted.has(id));
    await cache.putCommits(new Map(whole.map(([id, record]) => [keyOf(id), record])));
    fresh = new Map();
    blobs.clear();
  };
  for await (const commit of readCommits(repository, unknown, detail, signal)) {
    const { id, record, blobs: changed, isUncounted } = commit;
    const moves = findMoves(record.files, changed);
    if (moves.length > 0) record.moves = moves;
    fresh.set(id, record);
    texts.add(commit);
    if (isUncounted) uncounted.add(id);
    record.files.forEach(([, path], place) => {
      const after = changed[place]?.[1] ?? '';
      const places = blobs.get(after);
      if (places) places.push([path, record]);
      else blobs.set(after, [[path, record]]);
    });
    files += record.files.length;
    if (fresh.size === MAX_BATCH || files > BATCH_FILES) {
      files = 0;
      await flush();
    }
  }
  if (fresh.size > 0) await flush();
  return unknown.length;
}
