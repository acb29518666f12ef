import { databaseTime } from '@/lib/db/client';
import type { CommitPlan } from '@/lib/facts/read-repository';
import type { ChangedLines } from '@/lib/git/changed-lines';
import type { JobRef } from './audit-flow';
import { addJobs } from './audit-flow';
import { finishJob } from './audit-jobs';
import type { AuditPacks } from './audit-objects';
import { commitHeader } from './commit-header';
import { newestCoverageHash } from './coverage-reports';
import { pinVerdicts, type Rename } from './finding-verdicts';
import type { NewCodeStart } from './gate-baseline';
import { stackOf, tierOf } from './repository-analysis';

/** Bytes one collect job reads; less is read where the plan was made. */
const SHARD_BYTES = 8 * 1024 ** 2;
const MAX_SHARDS = 64;

export function shardsFor(missing: readonly { sizeBytes: number }[]): number {
  const bytes = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return Math.min(MAX_SHARDS, Math.max(1, Math.ceil(bytes / SHARD_BYTES)));
}

export function shardsOf({ missing, ownMissing }: Pick<CommitPlan, 'missing' | 'ownMissing'>): number {
  return shardsFor([...missing, ...ownMissing]);
}

/** The same blobs for the same shard, whatever was read in between: by blob id, not by what is still missing. */
export function requestsOfShard<Request extends { blobId: string }>(
  missing: readonly Request[],
  shard: number,
  shards: number,
): Request[] {
  return missing.filter(({ blobId }) => Number.parseInt(blobId.slice(0, 8), 16) % shards === shard);
}

interface PlanParts {
  inlineWorker: string;
  renames: readonly Rename[];
  start: NewCodeStart;
  /** Of a pull request: where it left its base, and what it changed since. */
  base: { commitId: string; changedRanges: ChangedLines } | null;
  /** Of each shard, where collectors may have no Git. */
  packs: AuditPacks | null;
}

/**
 * Saves the pinned commit and adds the jobs that read it. A single shard is left to `inlineWorker`, which holds the plan
 * already. False when the audit ended meanwhile.
 */
export async function savePlan(
  ref: JobRef,
  plan: CommitPlan,
  { inlineWorker, renames, start, base, packs }: PlanParts,
): Promise<{ shards: number } | null> {
  const header = commitHeader(plan.head);
  const shards = shardsOf(plan);
  const sizeBytes = plan.tree.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const counts = { files: plan.tree.length, bytes: sizeBytes, newFiles: plan.missing.length };
  const isSaved = await finishJob(ref, counts, async (tx, audit) => {
    const { auditId, attempt, projectId } = audit;
    await tx.audit.update({
      where: { id: auditId },
      data: {
        commitId: plan.head.id,
        ...(await pinVerdicts(tx, projectId, renames)),
        renames: renames.map((rename) => [...rename]),
        ...start,
        ...(base && { baseCommitId: base.commitId, changedRanges: base.changedRanges }),
        coverageHash: await newestCoverageHash(tx, projectId, plan.head.id),
        commitSubject: header.subject,
        commitAuthor: header.author,
        committedAt: header.committedAt,
        shards,
        ...(packs && { packs }),
        stats: { files: plan.tree.length, bytes: sizeBytes },
      },
    });
    await tx.project.update({
      where: { id: projectId },
      data: {
        stack: stackOf(plan.tree),
        sizeBytes: BigInt(sizeBytes),
        tier: tierOf(sizeBytes),
        accessProblem: null,
      },
    });
    await addJobs(tx, audit, [{ stage: 'history', key: '' }]);
    if (shards > 1) {
      const keys = Array.from({ length: shards }, (_, shard) => String(shard));
      await addJobs(
        tx,
        audit,
        keys.map((key) => ({ stage: 'collect', key })),
      );
    } else {
      const now = await databaseTime(tx);
      // Held from the start: if this worker dies, the sweep hands it over like any running job.
      const row = {
        auditId,
        attempt,
        kind: 'collect',
        key: '0',
        worker: inlineWorker,
        tries: 1,
        startedAt: now,
        queuedAt: now,
      };
      await tx.auditJob.createMany({ data: [{ ...row, status: 'running' }], skipDuplicates: true });
    }
  });
  return isSaved ? { shards } : null;
}
