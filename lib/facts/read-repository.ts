import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import { listTree, resolveCommit, type TreeEntry } from '@/lib/git/read-tree';
import { branchOf, commitTime } from '@/lib/git/refs';
import type { Facts } from '@/lib/magics/facts';
import { assembleFacts } from './assemble/assemble-facts';
import { type BlobFacts, EXTRACTOR_VERSION } from './blob-facts';
import { blobKey } from './blob-key';
import { blobPlan } from './blob-plan';
import { type FactsCache, MAX_BATCH } from './cache/facts-cache';
import { skippedBlob } from './collect-blob';
import type { BlobRequest } from './history/code-claims';
import { collectHistory } from './history/collect-history';
import type { HistoryFacts } from './history/history-facts';
import { isProjectFile } from './project/project-facts';
import { MAX_BLOB_BYTES } from './text/decode';
import { maskSecrets } from './text/secrets';

/** Reads a blob; a pool of threads, or `collectBlob` itself. */
export interface BlobReader {
  collect(path: string, bytes: Uint8Array): Promise<BlobFacts>;
}

/** Where facts come from; the same for every step of one audit. */
export interface ReadContext {
  repository: GitRepository;
  cache: FactsCache;
  pool: BlobReader;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  step: 'plan' | 'collect' | 'history' | 'assemble';
  done: number;
  total: number;
}

export interface CommitPlan {
  commit: string;
  /** Committer date, seconds. */
  now: number;
  branch: string | null;
  tree: TreeEntry[];
  /** One request a key, in the order of the tree. */
  requests: SizedRequest[];
  /** Keys of `requests` whose facts the cache lacks. */
  missing: SizedRequest[];
}

export interface SizedRequest extends BlobRequest {
  sizeBytes: number;
}

export interface ReadStats {
  files: number;
  lines: number;
  commits: number;
  /** Blobs and commits read from Git, not from the cache. */
  readBlobs: number;
  readCommits: number;
}

/** Reads a planned commit in one go; the steps below are the same, one by one. */
export async function readFacts(context: ReadContext, plan: CommitPlan): Promise<{ facts: Facts; stats: ReadStats }> {
  const reading = collectCommitHistory(context, plan);
  // Awaited below: a failure of the other step must not leave this one unheard.
  reading.catch(() => {});
  const fresh = new Map<string, BlobFacts>();
  await collectBlobs(context, plan.missing, fresh);
  const history = await reading;
  const facts = await loadFacts(context, plan, history, fresh);
  return {
    facts,
    stats: {
      files: plan.tree.length,
      lines: facts.files?.reduce((sum, file) => sum + file.codeLines + file.commentLines + file.blankLines, 0) ?? 0,
      commits: facts.history?.commits ?? 0,
      readBlobs: plan.missing.length,
      readCommits: history.readCommits,
    },
  };
}

/** Pins the commit and tells which blobs are still to be read. */
export async function planCommit(
  { repository, cache, signal }: Pick<ReadContext, 'repository' | 'cache' | 'signal'>,
  ref?: string,
): Promise<CommitPlan> {
  const commit = await resolveCommit(repository, ref, signal);
  const [now, branch, tree] = await Promise.all([
    commitTime(repository, commit, signal),
    branchOf(repository, ref, signal),
    listTree(repository, commit, signal),
  ]);
  const requests = requestsOf(tree);
  return { commit, now, branch, tree, requests, missing: await missingRequests(cache, requests) };
}

/** Those whose facts the cache lacks now. */
export async function missingRequests(cache: FactsCache, requests: readonly SizedRequest[]): Promise<SizedRequest[]> {
  const known = new Set<string>();
  for (const batch of batches(requests)) {
    for (const key of await cache.hasBlobs(batch.map((request) => cacheKey(request.key)))) known.add(key);
  }
  return requests.filter(({ key }) => !known.has(cacheKey(key)));
}

/** Groups requests by bytes, so that shards take about the same time. */
export function planShards(requests: readonly SizedRequest[], shardBytes: number): SizedRequest[][] {
  const shards: SizedRequest[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const request of requests) {
    if (size + request.sizeBytes > shardBytes) {
      shards.push([]);
      size = 0;
    }
    shards.at(-1)?.push(request);
    size += request.sizeBytes;
  }
  return shards;
}

/** Reads blobs and gives their facts to the cache, and to `fresh`, by `blobKey`. Safe to run twice. */
export async function collectBlobs(
  context: ReadContext,
  requests: readonly SizedRequest[],
  fresh?: Map<string, BlobFacts>,
): Promise<void> {
  let done = 0;
  let entries = new Map<string, BlobFacts>();
  await eachBlob(context, requests, async (request, facts) => {
    if (isOfBytes(facts)) entries.set(cacheKey(request.key), facts);
    fresh?.set(request.key, facts);
    done += 1;
    if (entries.size === PUT_BATCH) {
      const full = entries;
      entries = new Map();
      await context.cache.putBlobs(full);
    }
    if (done % 50 === 0) context.onProgress?.({ step: 'collect', done, total: requests.length });
  });
  if (entries.size > 0) await context.cache.putBlobs(entries);
  context.onProgress?.({ step: 'collect', done, total: requests.length });
}

export async function collectCommitHistory(context: ReadContext, plan: CommitPlan): Promise<HistoryFacts> {
  const { repository, cache, signal, onProgress } = context;
  return collectHistory({
    repository,
    commit: plan.commit,
    branch: plan.branch,
    tree: plan.tree,
    cache,
    signal,
    readCode: (requests) => readBlobFacts(context, requests),
    onProgress: (done, total) => onProgress?.({ step: 'history', done, total }),
  });
}

/** Puts together what the cache and `fresh` hold. */
export async function loadFacts(
  context: ReadContext,
  plan: CommitPlan,
  history: HistoryFacts,
  fresh: ReadonlyMap<string, BlobFacts> = new Map(),
): Promise<Facts> {
  const { repository, signal } = context;
  // A cache may have forgotten what it held when the commit was planned.
  const blobs = await readBlobFacts(
    context,
    plan.requests.filter(({ key }) => !fresh.has(key)),
  );
  const projectFiles = plan.tree.filter(
    ({ mode, path, sizeBytes }) => mode.startsWith('100') && sizeBytes <= MAX_BLOB_BYTES && isProjectFile(path),
  );
  const projectTexts: { path: string; text: string }[] = [];
  let place = 0;
  for await (const { bytes } of readBlobs(
    repository,
    projectFiles.map(({ blobId }) => blobId),
    signal,
  )) {
    const path = projectFiles[place++]?.path;
    if (path === undefined || !bytes) continue;
    projectTexts.push({ path, text: maskSecrets(bytes.toString('utf8'), blobPlan(path).secrets) });
  }
  return assembleFacts({
    commit: plan.commit,
    now: plan.now,
    tree: plan.tree,
    blobs: { get: (key) => fresh.get(key) ?? blobs.get(key) },
    projectTexts,
    history: history.facts,
    missing: history.missing,
  });
}

/** Facts by `blobKey`, from the cache, and what it lacks from Git. */
async function readBlobFacts<Request extends BlobRequest & { sizeBytes?: number }>(
  context: ReadContext,
  requests: readonly Request[],
): Promise<Map<string, BlobFacts>> {
  const facts = new Map<string, BlobFacts>();
  const unknown = new Map<string, Request>();
  for (const batch of batches(requests)) {
    const found = await context.cache.getBlobs(batch.map(({ key }) => cacheKey(key)));
    for (const request of batch) {
      const known = found.get(cacheKey(request.key));
      if (known) facts.set(request.key, known);
      else unknown.set(request.key, request);
    }
  }
  const fresh = new Map<string, BlobFacts>();
  await eachBlob(context, [...unknown.values()], async ({ key }, read) => {
    facts.set(key, read);
    if (isOfBytes(read)) fresh.set(cacheKey(key), read);
  });
  if (fresh.size > 0) await context.cache.putBlobs(fresh);
  return facts;
}

/** Reads blobs from Git and has the pool parse them, a few ahead of what is finished. */
async function eachBlob<Request extends BlobRequest & { sizeBytes?: number }>(
  { repository, pool, signal }: ReadContext,
  requests: readonly Request[],
  take: (request: Request, facts: BlobFacts) => Promise<void>,
): Promise<void> {
  const small = requests.filter(({ sizeBytes = 0 }) => sizeBytes <= MAX_BLOB_BYTES);
  for (const request of requests) {
    if ((request.sizeBytes ?? 0) > MAX_BLOB_BYTES) await take(request, skippedBlob('too-large'));
  }
  const pending = new Set<Promise<void>>();
  let pendingBytes = 0;
  let failure: unknown = null;
  let place = 0;
  for await (const { bytes, sizeBytes } of readBlobs(
    repository,
    small.map(({ blobId }) => blobId),
    signal,
    MAX_BLOB_BYTES,
  )) {
    const request = small[place++];
    if (!request) break;
    const size = bytes?.length ?? 0;
    const reason = sizeBytes === null ? 'unreadable' : 'too-large';
    const read = bytes ? pool.collect(request.path, bytes) : Promise.resolve(skippedBlob(reason));
    pendingBytes += size;
    const job = read
      .then((facts) => take(request, facts))
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        pending.delete(job);
        pendingBytes -= size;
      });
    pending.add(job);
    while (pending.size >= MAX_PENDING || (pendingBytes > MAX_PENDING_BYTES && pending.size > 1)) {
      await Promise.race(pending);
    }
    if (failure) break;
  }
  await Promise.all(pending);
  if (failure) throw failure;
}

const MAX_PENDING = 64;
const MAX_PENDING_BYTES = 8 * 1024 ** 2;
/** Few enough that their text does not weigh while it is written. */
const PUT_BATCH = 250;

function requestsOf(tree: readonly TreeEntry[]): SizedRequest[] {
  const byKey = new Map<string, SizedRequest>();
  for (const { path, blobId, mode, sizeBytes } of tree) {
    // Links and submodules have no content of their own.
    if (!mode.startsWith('100')) continue;
    const key = blobKey(blobId, path);
    if (!byKey.has(key)) byKey.set(key, { key, blobId, path, sizeBytes });
  }
  return [...byKey.values()];
}

/** Whether the blob itself says it: a size or an absence is the word of one repository, and no other may hear it. */
function isOfBytes({ skipped }: BlobFacts): boolean {
  return skipped !== 'unreadable' && skipped !== 'too-large';
}

function cacheKey(key: string): string {
  return `${key}:${EXTRACTOR_VERSION}`;
}

function* batches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += MAX_BATCH) yield items.slice(start, start + MAX_BATCH);
}
