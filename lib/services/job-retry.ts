import { randomUUID } from 'node:crypto';
import type { Context } from '@/lib/auth/context';
import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { Policy } from '@/lib/magics/policy';
import type { MagicId } from '@/lib/magics/types';
import { type AuditJobName, JOBS, type JobName, type JobPayload, type LoneJobName } from '@/lib/queues/catalog';
import { enqueue } from '@/lib/queues/enqueue';
import { type AuditTrigger, createAudit, findEqual, magicsOf } from './audit-creation';
import { loadAuditPolicy } from './configuration-layers';
import { requestPullRequestAudit } from './pull-request-audits';

/** Runs what a job was for once more: an audit that ended is audited anew, all else goes on where it stopped. */
export async function runAgain(
  tx: Tx,
  ctx: Context,
  { name, payload }: { name: string; payload: unknown },
): Promise<void> {
  if (!isKnown(name)) throw new AppError('gone', 'this release knows no such job');
  const read = JOBS[name].payload.safeParse(payload);
  if (!read.success) throw new AppError('gone', 'this release cannot read the job');
  if (isOfAudit(name)) return auditAgain(tx, ctx, (read.data as { auditId: string }).auditId);
  const again = LONE_JOBS[name] as LoneRetry<LoneJobName> | null;
  if (!again) throw new AppError('gone', 'such a job comes back by itself');
  await again(tx, read.data as JobPayload<LoneJobName>);
}

type LoneRetry<Name extends LoneJobName> = (tx: Tx, payload: JobPayload<Name>) => Promise<void>;

/** How each that belongs to no audit is run again; null for those that their own rows bring back, or tell of. */
const LONE_JOBS: { [Name in LoneJobName]: LoneRetry<Name> | null } = {
  'answer.show': async (tx, { auditId }) => {
    if ((await tx.audit.count({ where: { id: auditId } })) === 0) throw new AppError('gone', 'no such audit');
    await enqueueAgain(tx, 'answer.show', { auditId });
  },
  'webhook.process': async (tx, { deliveryId }) => {
    const where = { id: deliveryId, status: 'failed', payload: { not: null } };
    const data = { status: 'received', receivedAt: new Date(), processedAt: null };
    const { count } = await tx.webhookDelivery.updateMany({ where, data });
    if (count === 0) throw new AppError('gone', 'the delivery is gone, or was looked into since');
    await enqueueAgain(tx, 'webhook.process', { deliveryId });
  },
  'notification.send': null,
  'result.recheck': null,
  'cluster.run': null,
  'webhook.set-up': async (tx, { projectId }) => {
    if ((await tx.project.count({ where: { id: projectId } })) === 0) throw new AppError('gone', 'no such project');
    await enqueueAgain(tx, 'webhook.set-up', { projectId });
  },
  'webhook.remove': async (tx, hook) => {
    const count = await tx.connection.count({ where: { id: hook.connectionId } });
    if (count === 0) throw new AppError('gone', 'the connection is gone: the webhook stays at its host');
    await enqueueAgain(tx, 'webhook.remove', hook);
  },
  'installation.read': async (tx, { connectionId }) => {
    if ((await tx.connection.count({ where: { id: connectionId } })) === 0)
      throw new AppError('gone', 'no such connection');
    await enqueueAgain(tx, 'installation.read', { connectionId });
  },
};

function enqueueAgain<Name extends LoneJobName>(tx: Tx, name: Name, payload: JobPayload<Name>): Promise<void> {
  return enqueue(tx, name, payload, { jobId: `again.${name}.${randomUUID()}` });
}

/** Whether its own rows bring a job back or tell of it, so that nobody has to. */
export function comesBack(name: string): boolean {
  return isKnown(name) && !isOfAudit(name) && LONE_JOBS[name] === null;
}

async function auditAgain(tx: Tx, ctx: Context, auditId: string): Promise<void> {
  const audit = await tx.audit.findFirst({
    where: { id: auditId },
    select: {
      projectId: true,
      branch: true,
      asOf: true,
      askedCommitId: true,
      pullRequestId: true,
      kind: true,
      trigger: true,
      status: true,
      enabledMagics: true,
      project: { select: { teamId: true, isArchived: true } },
    },
  });
  if (!audit) throw new AppError('gone', 'no such audit');
  if (audit.status === 'queued' || audit.status === 'running') throw new AppError('conflict', 'the audit still runs');
  if (audit.project.isArchived) throw new AppError('gone', 'the project is archived');
  const { projectId, project, branch, asOf, askedCommitId, pullRequestId } = audit;
  if (pullRequestId !== null) {
    if (!(await requestPullRequestAudit(tx, pullRequestId, { isRepeat: true }))) {
      throw new AppError('gone', 'the pull request is closed, or its team wants no audit of it');
    }
    return;
  }
  await tx.$queryRaw`select id from projects where id = ${projectId}::uuid for update`;
  const { policy, configurationVersion } = await loadAuditPolicy(tx, projectId);
  const magics = stillAsked(policy, audit.enabledMagics);
  const kind = audit.kind === 'full' ? 'full' : 'incremental';
  const of = { asOf, askedCommitId };
  if (await findEqual(tx, { projectId, branch, magics, kind, idempotencyKey: null, of })) return;
  await createAudit(tx, project.teamId, {
    projectId,
    branch,
    ...(asOf && { asOf }),
    ...(askedCommitId && { askedCommitId }),
    kind,
    trigger: audit.trigger as AuditTrigger,
    magics,
    policy,
    configurationVersion,
    priority: 'normal',
    requestedById: ctx.userId,
  });
}

/** Those of the audit that the policy of today asks. */
function stillAsked(policy: Policy, before: readonly string[]): MagicId[] {
  try {
    return magicsOf(policy, before as MagicId[]);
  } catch (cause) {
    throw new AppError('gone', 'the policy asks none of the magics of the audit any more', { cause });
  }
}

/** The audit that a job was part of; null of any other job. */
export function auditOf(name: string, payload: unknown): string | null {
  const read = isKnown(name) && isOfAudit(name) ? JOBS[name].payload.safeParse(payload) : null;
  return read?.data?.auditId ?? null;
}

function isKnown(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

function isOfAudit(name: JobName): name is AuditJobName {
  return name.startsWith('audit.');
}
