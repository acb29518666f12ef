import type { AdvisoryData } from '@/lib/advisories/advisory-data';
import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import { type CommitHead, listTree, readCommitHead, type TreeEntry } from '@/lib/git/read-tree';
import { branchOf } from '@/lib/git/refs';
import type { Facts } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import { assembleFacts } from './assemble/assemble-facts';
import { EXTRACTOR_VERSION } from './blob-facts';
import { blobKey } from './blob-key';
import { blobPlan } from './blob-plan';
import { type FactsCache, MAX_BATCH } from './cache/facts-cache';
import type { CodeShape } from './code-shape';
import { skippedBlob } from './collect-blob';
import { type ComingBlobs, createComingBlobs } from './coming-blobs';
import type { CoverageReport } from './coverage/coverage-report';
import { type BlobsFrom, eachBlobBytes } from './each-blob-bytes';
import type { BlobRequest } from './history/code-claims';
import { collectHistory } from './history/collect-history';
import type { HistoryFacts } from './history/history-facts';
import { collectLineSurvival } from './history/line-survival';
import { collectMarkerAges } from './history/marker-ages';
import { collectNewCode } from './history/new-code';
import { collectOwnMatches, loadOwnMatches, missingOwnRequests } from './own-rules/own-matches';
import { type OwnRequest, type OwnRulesInput, ownRequestsOf } from './own-rules/own-requests';
import { shardBudget, type WorkBudget } from './own-rules/work-budget';
import { type PackedBlob, packBlob, unpackShape } from './packed-blob';
import { isProjectFile } from './project/project-facts';
import type { ProjectText } from './project/project-text';
import { isRepositorySettingsPath } from './project/repository-settings';
import { MAX_BLOB_BYTES } from './text/decode';
import { maskSecrets } from './text/secrets';
import { together } from './together';

/** Reads a blob; a pool of threads, or `collectPackedBlob` and `collectPackedShape` themselves. */
export interface BlobReader {
  collect(path: string, bytes: Uint8Array): Promise<PackedBlob>;
  shape(path: string, bytes: Uint8Array): Promise<PackedBlob>;
  /** As `BlobPool.match`; without it a team's own rules are asked nothing. */
  match?(
    path: string,
    bytes: Uint8Array,
    matchers: readonly KeyedMatcher[],
    options?: { budget?: WorkBudget | undefined },
  ): Promise<Uint8Array | null>;
}

/** Where facts come from; the same for every step of one audit. */
export interface ReadContext {
  repository: GitRepository;
  cache: FactsCache;
  pool: BlobReader;
  /** Imported advisory data, the same for every step of one audit. */
  advisories?: AdvisoryData | null;
  /** A coverage report given with the audit, in place of those in the tree. */
  coverage?: CoverageReport | null;
  /** Rules of the team's own, the same for every step of one audit. */
  own?: OwnRulesInput | undefined;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  step: 'plan' | 'collect' | 'history' | 'assemble';
  done: number;
  total: number;
}

export interface CommitPlan {
  head: CommitHead;
  branch: string | null;
  tree: TreeEntry[];
  /** One request a key, in the order of the tree. */
  requests: SizedRequest[];
  /** Keys of `requests` whose facts the cache lacks. */
  missing: SizedRequest[];
  /** What the team's own rules ask, one request a key. */
  own: OwnRequest[];
  /** Of those, what nobody has asked yet. */
  ownMissing: OwnRequest[];
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
  const coming = createComingBlobs(plan.missing.map(({ key }) => key));
  const [history, assembled] = await together(context.signal, (signal) => {
    const side = { ...context, signal };
    // First of all, for the thread that reads them has nothing to do yet.
    const collected = coming.endWith(collectBlobs(side, plan.missing, coming));
    const ofCommits = collectCommitHistory(side, plan);
    return [
      ofCommits,
      assemblePlanned(side, plan, ofCommits, coming),
      collected,
      collectOwnMatches(side, plan.ownMissing, shardBudget(1)),
    ];
  });
  const facts = await withLaterFacts(context, plan, assembled);
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

export interface PlanOptions {
  /** The commit whose settings file holds; null: the planned one's. */
  settingsOf?: string | null;
  /** The branch it counts as being on; asked of the ref where it is not given. */
  onBranch?: string | null | undefined;
}

/** Pins the commit and tells which blobs are still to be read. */
export async function planCommit(
  { repository, cache, own: rules, signal }: Pick<ReadContext, 'repository' | 'cache' | 'own' | 'signal'>,
  ref?: string,
  { settingsOf = null, onBranch }: PlanOptions = {},
): Promise<CommitPlan> {
  const head = await readCommitHead(repository, ref, signal);
  const [branch, listed, settings] = await Promise.all([
    onBranch === undefined ? branchOf(repository, ref, signal) : onBranch,
    listTree(repository, head.id, signal),
    settingsOf === null ? null : listTree(repository, settingsOf, signal),
  ]);
  const tree = settings ? withSettingsOf(listed, settings) : listed;
  const requests = requestsOf(tree);
  const own = rules ? ownRequestsOf(tree, rules) : [];
  const [missing, ownMissing] = await Promise.all([missingRequests(cache, requests), missingOwnRequests(cache, own)]);
  return { head, branch, tree, requests, missing, own, ownMissing };
}

/** The tree, but for the file in which a repository says what shall not weigh. */
function withSettingsOf(tree: readonly TreeEntry[], other: readonly TreeEntry[]): TreeEntry[] {
  const isSettings = ({ path }: TreeEntry) => isRepositorySettingsPath(path);
  return [...tree.filter((entry) => !isSettings(entry)), ...other.filter(isSettings)].sort((a, b) =>
    compareText(a.path, b.path),
  );
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

/** What reading blobs needs: not always a repository. */
export type BlobsContext = Pick<ReadContext, 'cache' | 'pool' | 'signal' | 'onProgress'> & BlobsFrom;

/** Reads blobs and gives their facts to the cache, and to `coming`, by `blobKey`. Safe to run twice. */
export async function collectBlobs(
  context: BlobsContext,
  requests: readonly SizedRequest[],
  coming?: ComingBlobs,
): Promise<void> {
  let done = 0;
  let entries = new Map<string, Uint8Array>();
  await eachBlob(context, requests, FACTS, async (request, blob) => {
    if (isOfBytes(blob)) entries.set(cacheKey(request.key), blob.data);
    coming?.set(request.key, blob.data);
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
    commit: plan.head.id,
    branch: plan.branch,
    tree: plan.tree,
    cache,
    signal,
    readCode: (requests) => readCodeShapes(context, requests),
    onProgress: (done, total) => onProgress?.({ step: 'history', done, total }),
  });
}

/** Puts together what the cache holds, a few blobs at a time. */
export async function loadFacts(context: ReadContext, plan: CommitPlan, history: HistoryFacts): Promise<Facts> {
  return withLaterFacts(context, plan, await assemblePlanned(context, plan, history));
}

async function assemblePlanned(
  context: ReadContext,
  plan: CommitPlan,
  history: HistoryFacts | Promise<HistoryFacts>,
  coming?: ComingBlobs,
): Promise<Facts> {
  const requests = new Map(plan.requests.map((request) => [request.key, request]));
  return assembleFacts({
    commit: plan.head.id,
    now: plan.head.committedAt,
    tree: plan.tree,
    // A cache may have forgotten what it held when the commit was planned.
    readBlobs: async (keys) => {
      const known = new Map<string, Uint8Array>();
      const kept = keys.flatMap((key) => (coming?.expects(key) ? [] : (requests.get(key) ?? [])));
      await eachPacked(context, kept, FACTS, ({ key }, data) => known.set(key, data));
      for (const key of keys) {
        const data = coming?.expects(key) && (await coming.get(key));
        if (data) known.set(key, data);
      }
      return known;
    },
    projectTexts: await readProjectTexts(context, plan),
    history,
    advisories: context.advisories,
    coverage: context.coverage,
  });
}

/** What is asked of Git once it is known what the files and the commits are. */
async function withLaterFacts(context: ReadContext, plan: CommitPlan, facts: Facts): Promise<Facts> {
  const whole = await withOwnMatches(context, plan, facts);
  const parts = await together<LaterFacts[]>(context.signal, (signal) => [
    readMarkerAges({ ...context, signal }, plan, whole),
    readNewCode({ ...context, signal }, whole),
    readLineSurvival({ ...context, signal }, whole),
  ]);
  const missing = parts.map((part) => part.missing);
  return Object.assign({ ...whole }, ...parts, { missing: Object.assign({ ...whole.missing }, ...missing) });
}

/** Facts, or why they are missing. */
type LaterFacts = Partial<Pick<Facts, 'markerAges' | 'newCode' | 'lineSurvival' | 'missing'>>;

async function withOwnMatches(context: ReadContext, plan: CommitPlan, facts: Facts): Promise<Facts> {
  if (!context.own || !context.pool.match) return facts;
  return { ...facts, ownMatches: await loadOwnMatches(context, plan, context.own.rules) };
}

/** Comments and history are read apart; only when both are there can Git be asked about the lines. */
async function readMarkerAges(
  { repository, cache, signal }: ReadContext,
  { tree }: CommitPlan,
  { commit, now, comments, fileHistory, missing }: Facts,
): Promise<LaterFacts> {
  if (!comments || !fileHistory) {
    return { missing: { markerAges: missing.fileHistory ?? missing.comments ?? 'unknown' } };
  }
  const ages = await collectMarkerAges({ repository, cache, commit, tree, now, comments, fileHistory, signal });
  return 'missing' in ages ? { missing: { markerAges: ages.missing } } : { markerAges: ages.rows };
}

/** Reports are placed in the tree, and history is read, apart from each other. */
async function readNewCode(
  { repository, signal }: ReadContext,
  { commit, now, coverage, files, fileHistory, commits, missing }: Facts,
): Promise<LaterFacts> {
  if (coverage?.length === 0) return { newCode: { since: now, files: [], candidates: 0, leftOut: 0 } };
  if (!coverage || !files || !fileHistory || !commits) {
    return { missing: { newCode: missing.fileHistory ?? missing.commits ?? 'unknown' } };
  }
  const read = await collectNewCode({ repository, commit, now, coverage, files, fileHistory, commits, signal });
  return 'missing' in read ? { missing: { newCode: read.missing } } : { newCode: read.fact };
}

/** Which files are of the product is known when facts are put together, what they gained when history is read. */
async function readLineSurvival(
  { repository, cache, signal }: ReadContext,
  { commit, now, files, fileHistory, commits, missing }: Facts,
): Promise<LaterFacts> {
  if (!files || !fileHistory || !commits) {
    return { missing: { lineSurvival: missing.fileHistory ?? missing.commits ?? 'unknown' } };
  }
  const read = await collectLineSurvival({ repository, cache, commit, now, files, fileHistory, commits, signal });
  return 'missing' in read ? { missing: { lineSurvival: read.missing } } : { lineSurvival: read.fact };
}

async function readProjectTexts({ repository, signal }: ReadContext, { tree }: CommitPlan): Promise<ProjectText[]> {
  const files = withinBudget(
    tree.filter(
      ({ mode, path, sizeBytes }) => mode.startsWith('100') && sizeBytes <= MAX_BLOB_BYTES && isProjectFile(path),
    ),
  );
  const texts: ProjectText[] = [];
  let place = 0;
  for await (const { bytes } of readBlobs(
    repository,
    files.map(({ blobId }) => blobId),
    signal,
  )) {
    const path = files[place++]?.path;
    if (path === undefined || !bytes) continue;
    texts.push({ path, text: maskSecrets(bytes.toString('utf8'), blobPlan(path).secrets) });
  }
  return texts;
}

/** All of them are held at once: those nearest to the root count, in the order given. */
function withinBudget(files: readonly TreeEntry[]): TreeEntry[] {
  const depthOf = ({ path }: TreeEntry) => path.split('/').length;
  let left = MAX_PROJECT_BYTES;
  const kept = new Set<TreeEntry>();
  for (const file of files.toSorted((a, b) => depthOf(a) - depthOf(b))) {
    left -= file.sizeBytes;
    if (left < 0) break;
    kept.add(file);
  }
  return files.filter((file) => kept.has(file));
}

async function readCodeShapes(context: ReadContext, requests: readonly BlobRequest[]): Promise<Map<string, CodeShape>> {
  const shapes = new Map<string, CodeShape>();
  await eachPacked(context, requests, SHAPES, ({ key }, data) => shapes.set(key, unpackShape(data)));
  return shapes;
}

/** What is read of a blob, and the name under which the cache keeps it. */
interface Reading {
  cacheKey(key: string): string;
  read(pool: BlobReader, path: string, bytes: Uint8Array): Promise<PackedBlob>;
}

const FACTS: Reading = { cacheKey, read: (pool, path, bytes) => pool.collect(path, bytes) };
/** Past versions of files are read for it alone: of all the rest nothing is asked. */
const SHAPES: Reading = {
  cacheKey: (key) => cacheKey(`${key}:shape`),
  read: (pool, path, bytes) => pool.shape(path, bytes),
};

/** Hands on what the cache holds, packed, and what it lacks from Git. */
async function eachPacked<Request extends BlobRequest & { sizeBytes?: number }>(
  context: ReadContext,
  requests: readonly Request[],
  reading: Reading,
  take: (request: Request, data: Uint8Array) => void,
): Promise<void> {
  const unknown = new Map<string, Request>();
  for (let start = 0; start < requests.length; start += READ_BATCH) {
    const batch = requests.slice(start, start + READ_BATCH);
    const found = await context.cache.getBlobs(batch.map(({ key }) => reading.cacheKey(key)));
    for (const request of batch) {
      const data = found.get(reading.cacheKey(request.key));
      if (data) take(request, data);
      else unknown.set(request.key, request);
    }
  }
  if (unknown.size === 0) return;
  const fresh = new Map<string, Uint8Array>();
  await eachBlob(context, [...unknown.values()], reading, async (request, blob) => {
    take(request, blob.data);
    if (isOfBytes(blob)) fresh.set(reading.cacheKey(request.key), blob.data);
  });
  if (fresh.size > 0) await context.cache.putBlobs(fresh);
}

/** Reads blobs and has the pool parse them, a few ahead of what is finished. */
async function eachBlob<Request extends BlobRequest & { sizeBytes?: number }>(
  context: BlobsContext,
  requests: readonly Request[],
  reading: Reading,
  take: (request: Request, blob: PackedBlob) => Promise<void>,
): Promise<void> {
  await eachBlobBytes(context, requests, async (request, bytes, reason) => {
    await take(request, bytes ? await reading.read(context.pool, request.path, bytes) : packBlob(skippedBlob(reason)));
  });
}

const MAX_PROJECT_BYTES = 32 * 1024 ** 2;
/** Few enough that their text does not weigh while it is read or written. */
const READ_BATCH = 500;
const PUT_BATCH = 250;

/** One request a key, in the order of the tree. */
export function requestsOf(tree: readonly TreeEntry[]): SizedRequest[] {
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
function isOfBytes({ skipped }: PackedBlob): boolean {
  return skipped !== 'unreadable' && skipped !== 'too-large';
}

function cacheKey(key: string): string {
  return `${key}:${EXTRACTOR_VERSION}`;
}

function* batches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += MAX_BATCH) yield items.slice(start, start + MAX_BATCH);
}
