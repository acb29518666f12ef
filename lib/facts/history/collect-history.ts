import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { HISTORY_FACTS } from '@/lib/magics/fact-names';
import type { CommitFact, HistorySummary } from '@/lib/magics/facts/history';
import type { FactsCache } from '../cache/facts-cache';
import { together } from '../together';
import { markCodeChanges, type ReadCode } from './code-claims';
import { createChangedBlobs } from './commit-blobs';
import { toCommitFact } from './commit-fact';
import { type CommitGraph, type GraphCommit, readGraph } from './commit-graph';
import type { CommitRecord } from './commit-record';
import { type CommitRun, cutCommits } from './commit-runs';
import { readFileRevisions } from './file-revisions';
import type { HistoryFacts } from './history-facts';
import { createHistoryTotals, type HistoryTotals } from './history-totals';
import { largeBlobsAtHead, measureBlobs } from './large-blobs';
import { parseMailmap } from './mailmap';
import { collectPastSecrets, MAX_PAST_BYTES } from './past-secrets';
import { bytesOfTexts, createPastTexts, type PastText } from './past-texts';
import { readCommits } from './read-commits';
import { BRIEF, FULL, readRuns } from './read-runs';
import { reasonUnread } from './reason-unread';
import { createRunSummary, type RunSummary } from './run-summary';
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
/** Changed files whose records are held at once. */
const WINDOW_FILES = 2_000_000;
const MAX_MAILMAP_BYTES = 1024 ** 2;

/** Reads all that history says about one commit; what cannot be read is null, with its reason. */
export async function collectHistory(request: HistoryRequest): Promise<HistoryFacts> {
  if (request.repository.isShallow) return missingHistory('shallow');
  try {
    return await readHistory(request);
  } catch (error) {
    return missingHistory(reasonUnread(error));
  }
}

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
  const [graph, mailmap, tags] = await together(signal, (either) => [
    readGraph(repository, commit, either),
    readMailmap({ ...request, signal: either }),
    listTags(repository, either),
  ]);
  const identify = parseMailmap(mailmap);
  const totals = createHistoryTotals(new Set(tree.map((entry) => entry.path)), identify);
  const window = windowOf(graph.commits);
  const oldest = graph.commits.length - 1;
  const indexOf = new Map(graph.commits.map(({ id }, place) => [id, oldest - place]));

  const records = new Map<string, CommitRecord>();
  const large = new Map<string, number>();
  const textBytes = new Map<string, number>();
  const texts = createHeldTexts();
  let done = 0;
  let windowFiles = 0;
  const count = (commits: number): void => {
    done += commits;
    request.onProgress?.(done, graph.commits.length);
  };
  const add = (ids: readonly string[], summary: RunSummary): void => {
    const idAt = (place: number): string => ids[place] ?? '';
    totals.add(summary, (place) => indexOf.get(idAt(place)) ?? 0);
    for (const [path, sizeBytes] of summary.largeBlobs) large.set(path, Math.max(sizeBytes, large.get(path) ?? 0));
    for (const [place, bytes] of summary.textBytes) textBytes.set(idAt(place), bytes);
  };
  const takeFull = ({ ids }: CommitRun, kept: { records: CommitRecord[] }): void => {
    const earlier = createRunSummary();
    ids.forEach((id, place) => {
      const record = kept.records[place];
      if (!record) return;
      if (!inWindow.has(id)) {
        earlier.add(place, record);
        return;
      }
      records.set(id, record);
      windowFiles += record.files.length;
    });
    add(ids, earlier.finish());
    if (windowFiles > WINDOW_FILES) throw new AppError('repository_too_large', 'recent commits change too many files');
    count(ids.length);
  };
  const takeBrief = ({ ids }: CommitRun, summary: RunSummary): void => {
    add(ids, summary);
    count(ids.length);
  };
  const newest = window.map(({ id }) => id);
  const inWindow = new Set(newest);
  const cuts = cutCommits(graph.commits.map(({ id }) => id));
  // The window moves with each commit, and what is kept of a run should not.
  const isFull = (ids: readonly string[]): boolean => ids.some((id) => inWindow.has(id));
  const [earlier, recent] = [cuts.filter((ids) => !isFull(ids)), cuts.filter(isFull)];
  const counts = await together(request.signal, (signal) => [
    readRuns({ ...request, signal }, recent, FULL, takeFull, texts.hold),
    readRuns({ ...request, signal }, earlier, BRIEF, takeBrief, texts.hold),
  ]);
  add(newest, summaryOf(newest, records));

  const commits = window.flatMap((entry): CommitFact[] => {
    const record = records.get(entry.id);
    return record ? [toCommitFact(entry, record, graph, identify)] : [];
  });
  const readChanges = createChangedBlobs(repository, records, signal);
  await markCodeChanges({ readChanges, readCode: request.readCode }, commits);
  const pastSecrets = await collectPastSecrets({
    repository,
    cache: request.cache,
    commits: graph.commits,
    cuts,
    textBytesOf: (id) => textBytes.get(id) ?? 0,
    textsOf: (ids) => readTexts(request, ids, texts),
    signal,
  });
  return {
    facts: {
      commits,
      fileHistory: totals.fileHistory((index) => graph.commits[oldest - index]?.id ?? ''),
      fileRevisions: await readFileRevisions({ tree, readChanges, readCode: request.readCode }, commits),
      tags: tags.map((tag) => ({ ...tag, isReachable: indexOf.has(tag.commitId) })),
      largeBlobs: largeBlobsAtHead(tree, large),
      pastSecrets,
      settingChanges: await readSettingChanges({ repository, readChanges, signal }, commits),
      history: summarise(request, graph, commits, totals),
    },
    missing: {},
    readCommits: counts.reduce((sum, count) => sum + count, 0),
  };
}

function summaryOf(ids: readonly string[], records: ReadonlyMap<string, CommitRecord>): RunSummary {
  const summary = createRunSummary();
  ids.forEach((id, place) => {
    const record = records.get(id);
    if (record) summary.add(place, record);
  });
  return summary.finish();
}

interface HeldTexts {
  hold(commitId: string, texts: readonly PastText[]): void;
  get(commitId: string): readonly PastText[] | undefined;
}

/** Texts of commits that were just read, as far as they will be searched. */
function createHeldTexts(): HeldTexts {
  const held = new Map<string, readonly PastText[]>();
  let bytes = 0;
  return {
    hold(commitId, texts) {
      bytes += bytesOfTexts(texts);
      if (bytes <= MAX_PAST_BYTES) held.set(commitId, texts);
    },
    get: (commitId) => held.get(commitId),
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
  held: HeldTexts,
): Promise<Map<string, readonly PastText[]>> {
  const known = new Map(ids.map((id): [string, readonly PastText[]] => [id, held.get(id) ?? []]));
  const others = ids.filter((id) => !held.get(id));
  if (others.length === 0) return known;
  const texts = createPastTexts();
  const blobs = new Map<string, []>();
  for await (const commit of readCommits(repository, others, 'brief', signal)) {
    texts.add(commit);
    for (const [, after] of commit.blobs) blobs.set(after, []);
  }
  const sizes = new Map(tree.map(({ blobId, sizeBytes }) => [blobId, sizeBytes]));
  await measureBlobs(repository, blobs, sizes, texts.measure, signal);
  for (const [id, list] of texts.finish()) known.set(id, list);
  return known;
}
