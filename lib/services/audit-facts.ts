import { LRUCache } from 'lru-cache';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import { missingHistory } from '@/lib/facts/history/collect-history';
import type { HistoryFacts } from '@/lib/facts/history/history-facts';
import { missingOwnRequests } from '@/lib/facts/own-rules/own-matches';
import {
  type CommitPlan,
  collectBlobs,
  collectCommitHistory,
  loadFacts,
  missingRequests,
  planCommit,
  type ReadContext,
} from '@/lib/facts/read-repository';
import type { GitRepository } from '@/lib/git/open-local';
import { FACTS_OF_BLOBS } from '@/lib/magics/fact-names';
import type { Facts } from '@/lib/magics/facts';
import type { AuditRef } from './audit-flow';
import type { AuditRun } from './audit-run';
import { loadCoverage } from './coverage-reports';
import { loadEarlierScores } from './earlier-scores';
import { createPostgresCache } from './facts-cache';
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
export function readContext(
  { teamId, policy, ownRulesBefore }: AuditRun,
  repository: GitRepository,
  { pool, signal, onProgress }: ReadOptions,
): ReadContext {
  return {
    repository,
    cache: createPostgresCache(teamId),
    pool: {
      collect: (path, bytes) => pool.collect(path, bytes, signal),
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
  const repository = await openRepository(run.repositoryUrl, commitId, options.signal);
  const context = readContext(run, repository, options);
  const plan = await once(plans, run, async () => ({ ...(await planCommit(context, commitId)), branch }));
  const [missing, ownMissing] = await Promise.all([
    missingRequests(context.cache, plan.missing),
    missingOwnRequests(context.cache, plan.ownMissing),
  ]);
  return { context, plan: { ...plan, missing, ownMissing } };
}

/** Spares the next jobs of the audit in this process a plan of their own. */
export function keepPlan(ref: AuditRef, plan: CommitPlan): void {
  plans.set(keyOf(ref), Promise.resolve(plan));
}

/** All facts of an audit, put together once a process. */
export function factsOf(run: AuditRun, options: ReadOptions): Promise<Facts> {
  return once(assembled, run, () => assemble(run, options));
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
  const [advisories, coverage, scores] = await Promise.all([
    importedAdvisories(),
    loadCoverage(run),
    loadEarlierScores(run),
  ]);
  const loaded = await loadFacts({ ...context, advisories, coverage }, plan, history);
  const facts = await withLastAudit({ ...loaded, scores }, run, context);
  return lost ? withoutBlobFacts(facts, lost.errorCode ?? 'unknown') : facts;
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
