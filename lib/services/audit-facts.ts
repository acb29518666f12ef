import { LRUCache } from 'lru-cache';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import { missingHistory } from '@/lib/facts/history/collect-history';
import {
  type CommitPlan,
  collectCommitHistory,
  loadFacts,
  planCommit,
  type ReadContext,
} from '@/lib/facts/read-repository';
import type { GitRepository } from '@/lib/git/open-local';
import type { Facts } from '@/lib/magics/facts';
import type { AuditRun } from './audit-run';
import { createPostgresCache } from './facts-cache';
import { openRepository } from './repositories';

/** Assembled facts are large: the judges of one or two audits share them. */
const KEPT_FACTS = 2;

const assembled = new LRUCache<string, Promise<Facts>>({ max: KEPT_FACTS });
const cache = createPostgresCache();

export interface ReadOptions {
  pool: BlobPool;
  signal: AbortSignal;
  onProgress?: ReadContext['onProgress'];
}

/** What the steps of reading need, on a repository that is open already. */
export function readContext(repository: GitRepository, { pool, signal, onProgress }: ReadOptions): ReadContext {
  return {
    repository,
    cache,
    pool: { collect: (path, bytes) => pool.collect(path, bytes, signal) },
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
  const repository = await openRepository(run.repositoryUrl, run.commitId, options.signal);
  const context = readContext(repository, options);
  return { context, plan: { ...(await planCommit(context, run.commitId)), branch: run.branch } };
}

/** All facts of an audit, put together once a process. */
export function factsOf(run: AuditRun, options: ReadOptions): Promise<Facts> {
  const key = `${run.auditId} ${run.attempt}`;
  const known = assembled.get(key);
  if (known) return known;
  const loading = assemble(run, options);
  assembled.set(key, loading);
  loading.catch(() => assembled.delete(key));
  return loading;
}

export function forgetFacts({ auditId, attempt }: { auditId: string; attempt: number }): void {
  assembled.delete(`${auditId} ${attempt}`);
}

async function assemble(run: AuditRun, options: ReadOptions): Promise<Facts> {
  const failed = await db().auditJob.findMany({
    where: { auditId: run.auditId, attempt: run.attempt, status: 'failed', kind: { in: ['collect', 'history'] } },
    select: { kind: true, errorCode: true },
  });
  const { context, plan } = await planRun(run, options);
  const noHistory = failed.find(({ kind }) => kind === 'history');
  const history = noHistory
    ? missingHistory(noHistory.errorCode ?? 'unknown')
    : await collectCommitHistory(context, plan);
  const facts = await loadFacts(context, plan, history);
  const lost = failed.find(({ kind }) => kind === 'collect');
  return lost ? withoutBlobFacts(facts, lost.errorCode ?? 'unknown') : facts;
}

/** Facts of a part of the files would make densities and absences wrong: better none. */
function withoutBlobFacts(facts: Facts, reason: string): Facts {
  const kept = new Set<string>([
    'commits',
    'fileHistory',
    'tags',
    'largeBlobs',
    'history',
    'commit',
    'now',
    'totals',
    'missing',
  ]);
  const lost = Object.keys(facts).filter((name) => !kept.has(name));
  return {
    ...facts,
    ...Object.fromEntries(lost.map((name) => [name, null])),
    missing: { ...facts.missing, ...Object.fromEntries(lost.map((name) => [name, reason])) },
  };
}
