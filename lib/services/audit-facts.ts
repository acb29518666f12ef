import { LRUCache } from 'lru-cache';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import { missingHistory } from '@/lib/facts/history/collect-history';
import type { HistoryFacts } from '@/lib/facts/history/history-facts';
import { missingOwnRequests } from '@/lib/facts/own-rules/own-matches';
import { type OwnRequest, type OwnRulesInput, ownRequestsOf } from '@/lib/facts/own-rules/own-requests';
import {
  type BlobsContext,
  type CommitPlan,
  collectBlobs,
  collectCommitHistory,
  loadFacts,
  missingRequests,
  planCommit,
  type ReadContext,
  requestsOf,
  type SizedRequest,
} from '@/lib/facts/read-repository';
import type { GitRepository } from '@/lib/git/open-local';
import { FACTS_OF_BLOBS } from '@/lib/magics/fact-names';
import type { Facts } from '@/lib/magics/facts';
import type { ProviderFact } from '@/lib/magics/facts/provider';
import type { AuditRef } from './audit-flow';
import type { AuditPacks } from './audit-objects';
import { openShardPack } from './audit-packs';
import { requestsOfShard } from './audit-plan';
import type { AuditRun } from './audit-run';
import { loadCoverage } from './coverage-reports';
import { loadEarlierScores } from './earlier-scores';
import { createPostgresCache } from './facts-cache';
import { readFactsObject } from './facts-object';
import { loadHostEvidence } from './host-evidence';
import { importedAdvisories } from './imported-advisories';
import { loadLastAudit } from './last-audit';
import { openRepository } from './repositories';

/** Assembled facts are large: the judges of one or two audits share them. */
const KEPT_FACTS = 2;

const assembled = new LRUCache<string, Promise<Facts>>({ max: KEPT_FACTS });
const histories = new LRUCache<string, Promise<HistoryFacts>>({ max: KEPT_FACTS });
const plans = new LRUCache<string, Promise<CommitPlan>>({ max: KEPT_FACTS });

export interface ReadOptions {
  pool: BlobPool;
  signal: AbortSignal;
  onProgress?: ReadContext['onProgress'];
}

/** What the steps of reading need, on a repository that is open already. */
export function readContext(run: AuditRun, repository: GitRepository, options: ReadOptions): ReadContext {
  return { repository, ...sharedContext(run, options) };
}

/** What a collector needs besides the bytes of blobs. */
function sharedContext(
  { teamId, policy, ownRulesBefore }: AuditRun,
  { pool, signal, onProgress }: ReadOptions,
): Omit<ReadContext, 'repository' | 'own'> & { own: OwnRulesInput } {
  return {
    cache: createPostgresCache(teamId),
    pool: {
      collect: (path, bytes) => pool.collect(path, bytes, signal),
      shape: (path, bytes) => pool.shape(path, bytes, signal),
      match: (path, bytes, matchers, options) => pool.match(path, bytes, matchers, { ...options, signal }),
    },
    own: { rules: policy.ownRules, before: ownRulesBefore },
    signal,
    ...(onProgress && { onProgress }),
  };
}

/** The repository and the commit that prepare pinned, whichever branch has moved since. */
export async function planRun(
  run: AuditRun,
  options: ReadOptions,
): Promise<{ context: ReadContext; plan: CommitPlan }> {
  if (!run.commitId) throw new AppError('internal', 'the audit has no commit yet');
  const { commitId, branch } = run;
  const headRef = run.pullRequest?.headRef;
  const moreRefs = headRef ? [headRef] : [];
  const repository = await openRepository(run, commitId, { signal: options.signal, moreRefs });
  const context = readContext(run, repository, options);
  const plan = await once(plans, run, async () => ({
    ...(await planCommit(context, commitId, { settingsOf: settingsCommitOf(run.pullRequest) })),
    branch,
  }));
  const [missing, ownMissing] = await Promise.all([
    missingRequests(context.cache, plan.missing),
    missingOwnRequests(context.cache, plan.ownMissing),
  ]);
  return { context, plan: { ...plan, missing, ownMissing } };
}

/** What one collector reads: `context` gives the bytes. */
export interface ShardWork extends AsyncDisposable {
  context: BlobsContext;
  requests: SizedRequest[];
  own: OwnRequest[];
}

/** Work of one shard that nobody has done yet: of a pack where there is one, unless this process has the plan and its repository. */
export async function planShard(run: AuditRun, shard: number, options: ReadOptions): Promise<ShardWork> {
  if (run.packs && !plans.has(keyOf(run))) return planPackedShard(run, run.packs, { shard, options });
  const { context, plan } = await planRun(run, options);
  return {
    context,
    requests: requestsOfShard(plan.missing, shard, run.shards),
    own: requestsOfShard(plan.ownMissing, shard, run.shards),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function planPackedShard(
  run: AuditRun,
  packs: AuditPacks,
  { shard, options }: { shard: number; options: ReadOptions },
): Promise<ShardWork> {
  const { files, blobs, [Symbol.asyncDispose]: close } = await openShardPack(packs, shard, options.signal);
  try {
    const context = { blobs, ...sharedContext(run, options) };
    const [requests, own] = await Promise.all([
      missingRequests(context.cache, requestsOf(files)),
      missingOwnRequests(context.cache, ownRequestsOf(files, context.own)),
    ]);
    return { context, requests, own, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Who proposes a change from outside has no say in what shall not weigh: the settings of the base hold. */
export function settingsCommitOf(pullRequest: AuditRun['pullRequest']): string | null {
  return pullRequest?.isFork ? pullRequest.baseCommitId : null;
}

/** Spares the next jobs of the audit in this process a plan of their own. */
export function keepPlan(ref: AuditRef, plan: CommitPlan): void {
  plans.set(keyOf(ref), Promise.resolve(plan));
}

/** All facts of an audit, put together once a process. Reads Git. */
export function assembleRun(run: AuditRun, options: ReadOptions): Promise<Facts> {
  return once(assembled, run, () => assemble(run, options));
}

/** All facts of an audit, for its judges: where they may have no Git, as another worker put them together. */
export function factsOf(run: AuditRun, options: ReadOptions): Promise<Facts> {
  const { packs, factsObject } = run;
  if (packs === null) return assembleRun(run, options);
  return once(assembled, run, async () => {
    if (factsObject === null) throw new AppError('pack_missing', 'the facts of the audit are not put together');
    return readFactsObject(factsObject);
  });
}

/** What history says to an audit, read once a process: first by the history job, then by the judges. */
export function historyOf(run: AuditRun, context: ReadContext, plan: CommitPlan): Promise<HistoryFacts> {
  return once(histories, run, () => collectCommitHistory(context, plan));
}

export function forgetFacts(ref: AuditRef): void {
  assembled.delete(keyOf(ref));
  histories.delete(keyOf(ref));
  plans.delete(keyOf(ref));
}

function once<Value extends object>(
  kept: LRUCache<string, Promise<Value>>,
  ref: AuditRef,
  load: () => Promise<Value>,
): Promise<Value> {
  const key = keyOf(ref);
  const known = kept.get(key);
  if (known) return known;
  const loading = load();
  kept.set(key, loading);
  loading.catch(() => kept.delete(key));
  return loading;
}

function keyOf({ auditId, attempt }: AuditRef): string {
  return `${auditId} ${attempt}`;
}

async function assemble(run: AuditRun, options: ReadOptions): Promise<Facts> {
  const failed = await db().auditJob.findMany({
    where: { auditId: run.auditId, attempt: run.attempt, status: 'failed', kind: { in: ['collect', 'history'] } },
    select: { kind: true, errorCode: true },
  });
  const { context, plan } = await planRun(run, options);
  const noHistory = failed.find(({ kind }) => kind === 'history');
  const history = noHistory ? missingHistory(noHistory.errorCode ?? 'unknown') : await historyOf(run, context, plan);
  const lost = failed.find(({ kind }) => kind === 'collect');
  // The cache may forget; what it lacks now is read again.
  if (!lost) await collectBlobs(context, plan.missing);
  const [advisories, coverage, scores, provider] = await Promise.all([
    importedAdvisories(),
    loadCoverage(run),
    loadEarlierScores(run),
    loadHostEvidence(run.auditId),
  ]);
  const loaded = await loadFacts({ ...context, advisories, coverage }, plan, history);
  const facts = await withLastAudit(withHost({ ...loaded, scores }, provider), run, context);
  return lost ? withoutBlobFacts(facts, lost.errorCode ?? 'unknown') : facts;
}

function withHost(facts: Facts, provider: ProviderFact | null): Facts {
  if (!provider) return facts;
  const { provider: _, ...missing } = facts.missing;
  return { ...facts, provider, missing };
}

async function withLastAudit(facts: Facts, run: AuditRun, { repository, signal }: ReadContext): Promise<Facts> {
  const read = await loadLastAudit(run, repository, signal);
  return 'missing' in read
    ? { ...facts, missing: { ...facts.missing, lastAudit: read.missing } }
    : { ...facts, lastAudit: read.fact };
}

/** Facts of a part of the files would make densities and absences wrong: better none. */
function withoutBlobFacts(facts: Facts, reason: string): Facts {
  return {
    ...facts,
    ...Object.fromEntries(FACTS_OF_BLOBS.map((name) => [name, null])),
    missing: { ...facts.missing, ...Object.fromEntries(FACTS_OF_BLOBS.map((name) => [name, reason])) },
  };
}
