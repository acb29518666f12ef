import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type {
  AuditDetail,
  AuditJobView,
  AuditSummary,
  AuditTriggerResponse,
  ManualAuditRequest,
  Stage,
} from '@/lib/schemas/audits';
import type { PageRequest } from '@/lib/schemas/common';
import { requireAudit, requireProject } from './access';
import { type AuditTrigger, createAudit, findEqual, magicsOf } from './audit-creation';
import { endAudit } from './audit-end';
import { announceAudit } from './audit-events';
import { lockAudit } from './audit-flow';
import { loadProgress } from './audit-progress';
import { loadAuditPage, loadSummaries } from './audit-summaries';
import { refuseUnknownBranch } from './branch-check';
import { recordChange } from './change-log';
import { loadChangedFindings } from './changed-findings';
import { type AuditPolicy, loadAuditPolicy } from './configuration-layers';
import { loadTypicalSeconds } from './estimates';
import { findEvidence } from './evidence';
import { findHostEvidence } from './host-evidence';
import { loadMagicCards, loadOwnMagicCards } from './magic-cards';
import { lockProjectRow } from './project-lock';

interface AuditListRequest extends PageRequest {
  projectId?: string | undefined;
  teamId?: string | undefined;
}

/** Audits the asker may see, newest first. */
export async function listAudits(
  ctx: Context,
  { projectId, teamId, cursor, limit }: AuditListRequest,
): Promise<{ items: AuditSummary[]; nextCursor: string | null }> {
  const teamIds = visibleTeams(ctx, 'project.read', teamId);
  if (projectId) await requireProject(ctx, projectId, 'project.read');
  return loadAuditPage({ teamIds, projectId, cursor, limit });
}

export async function getAudit(ctx: Context, auditId: string): Promise<AuditDetail> {
  const { projectId } = await requireAudit(ctx, auditId, 'project.read');
  const [summary] = await loadSummaries([auditId]);
  // Read after the summary: an audit that ended shows its result, not what it lacked a moment before.
  const [audit, progress, cards, lastCards, evidence, hostEvidence] = await Promise.all([
    db().audit.findFirst({
      where: { id: auditId },
      select: {
        attempt: true,
        enabledMagics: true,
        resultHash: true,
        eventSequence: true,
        stats: true,
        targetFiles: true,
        jobs: { orderBy: { queuedAt: 'asc' } },
      },
    }),
    loadProgress(auditId),
    loadOwnMagicCards(projectId, auditId),
    summary && summary.magicsTotal < MAGIC_IDS.length ? loadMagicCards(projectId, auditId) : [],
    findEvidence(auditId),
    findHostEvidence(auditId),
  ]);
  if (!summary || !audit) throw new AppError('not_found', 'no such audit');
  const jobs = audit.jobs.filter(({ attempt }) => attempt === audit.attempt);
  return {
    ...summary,
    progress,
    jobs: jobs.map(toJobView),
    magics: cards.filter(({ magic }) => audit.enabledMagics.includes(magic)),
    keptMagics: lastCards.filter(({ magic, keptFrom }) => keptFrom !== null && !audit.enabledMagics.includes(magic)),
    resultHash: audit.resultHash,
    evidence,
    hostEvidence,
    eventSequence: audit.eventSequence,
    stats: audit.stats as Record<string, number>,
    enabledMagics: MAGIC_IDS.filter((magic): magic is MagicId => audit.enabledMagics.includes(magic)),
    targetFiles: audit.targetFiles,
    changedFindings: await loadChangedFindings(projectId, auditId, audit.targetFiles),
  };
}

interface RequestOptions {
  trigger: AuditTrigger;
  idempotencyKey?: string | null | undefined;
}

/**
 * Queues an audit. A repeated key answers with the audit of the first call; without a key, an equal audit that has not
 * begun yet is taken: it will see the same commit.
 */
export async function requestAudit(
  ctx: Context,
  projectId: string,
  request: ManualAuditRequest,
  { trigger, idempotencyKey = null }: RequestOptions,
): Promise<AuditTriggerResponse> {
  const project = await requireProject(ctx, projectId, 'audit.run');
  const isAskedFor = trigger === 'manual' || trigger === 'api';
  if (request.branch !== undefined && isAskedFor) {
    await refuseUnknownBranch({ project, branch: request.branch, idempotencyKey }, ctx.log);
  }
  const audit = await db().$transaction(async (tx) => {
    await lockProjectRow(tx, projectId);
    const { policy, configurationVersion } = await loadAuditPolicy(tx, projectId);
    const magics = magicsOf(policy, request.enabledMagics);
    const branch = request.branch ?? project.branch;
    const known = await findEqual(tx, { projectId, branch, magics, kind: request.auditType, idempotencyKey });
    if (known) {
      if (idempotencyKey !== null) refuseOtherRequest(known, { ...request, branch });
      else await renewPolicy(tx, known.id, { policy, configurationVersion });
      return { id: known.id, status: known.status, isNew: false };
    }
    const created = await createAudit(tx, project.teamId, {
      projectId,
      branch,
      kind: request.auditType,
      trigger,
      magics,
      policy,
      configurationVersion,
      priority: request.priority,
      requestedById: ctx.userId,
      idempotencyKey,
    });
    await recordChange(tx, ctx, {
      action: 'audit.requested',
      teamId: project.teamId,
      target: created.id,
      detail: { projectId, branch, kind: request.auditType },
    });
    return { ...created, isNew: true };
  });
  if (audit.isNew) {
    ctx.log.info({ auditId: audit.id, projectId, trigger }, 'audit queued');
    await announceAudit(audit.id, ctx.log);
  }
  const seconds = (await loadTypicalSeconds([audit.id])).get(audit.id);
  const isActive = audit.status === 'queued' || audit.status === 'running';
  const end = seconds !== undefined && isActive ? new Date(Date.now() + seconds * 1000) : null;
  return {
    taskId: audit.id,
    projectId,
    status: audit.status,
    estimatedCompletionTime: end?.toISOString() ?? null,
  };
}

/** What has not begun begins with what the team decided last. An audit in other hands begins, and is not waited for. */
async function renewPolicy(tx: Tx, id: string, { policy, configurationVersion }: AuditPolicy): Promise<void> {
  await tx.$executeRaw`
    update audits set policy = ${JSON.stringify(policy)}::jsonb, configuration_version = ${configurationVersion}
    where id = (select id from audits where id = ${id}::uuid and status = 'queued' for update skip locked)`;
}

/** A key is for one request: another one under the same key is a mistake of the caller. */
function refuseOtherRequest(
  known: { branch: string; kind: string; enabledMagics: readonly string[] },
  { branch, auditType, enabledMagics }: ManualAuditRequest & { branch: string },
): void {
  const chosen = enabledMagics && new Set<string>(enabledMagics);
  const isOther =
    chosen && (chosen.size !== known.enabledMagics.length || known.enabledMagics.some((id) => !chosen.has(id)));
  if (known.branch === branch && known.kind === auditType && !isOther) return;
  throw new AppError('conflict', 'Idempotency-Key: used before for another request');
}

/** The audit that registration begins with, in the transaction that made the project. */
export async function createFirstAudit(
  tx: Tx,
  project: { id: string; teamId: string; branch: string },
  requestedById: string | null,
): Promise<string> {
  const { policy, configurationVersion } = await loadAuditPolicy(tx, project.id);
  const { id } = await createAudit(tx, project.teamId, {
    projectId: project.id,
    branch: project.branch,
    kind: 'full',
    trigger: 'registration',
    magics: magicsOf(policy),
    policy,
    configurationVersion,
    priority: 'normal',
    requestedById,
  });
  return id;
}

/** Stops an audit that waits or runs; an audit that ended stays as it is. */
export async function cancelAudit(ctx: Context, auditId: string): Promise<void> {
  const { projectId, project } = await requireAudit(ctx, auditId, 'audit.cancel');
  const isCancelled = await db().$transaction(async (tx) => {
    const audit = await lockAudit(tx, auditId);
    if (!audit || (audit.status !== 'queued' && audit.status !== 'running')) return false;
    await endAudit(tx, audit, { status: 'cancelled', errorCode: null });
    const change = { target: auditId, detail: { projectId } };
    await recordChange(tx, ctx, { action: 'audit.cancelled', teamId: project.teamId, ...change });
    return true;
  });
  if (!isCancelled) return;
  ctx.log.info({ auditId }, 'audit cancelled');
  await announceAudit(auditId, ctx.log);
}

type JobRow = Awaited<ReturnType<ReturnType<typeof db>['auditJob']['findMany']>>[number];

function toJobView(job: JobRow): AuditJobView {
  return {
    stage: job.kind as Stage,
    key: job.key,
    status: job.status,
    worker: job.worker,
    tries: job.tries,
    counts: job.counts as Record<string, number>,
    errorCode: job.errorCode,
    queuedAt: job.queuedAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    endedAt: job.endedAt?.toISOString() ?? null,
  };
}
