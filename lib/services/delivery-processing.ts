import { db, type Tx } from '@/lib/db/client';
import type { DeliveredChange, ProviderId } from '@/lib/git/providers/provider';
import type { Logger } from '@/lib/logger';
import { absorbPushes } from './absorbed-pushes';
import { announceAudit } from './audit-events';
import { handleChange } from './delivered-changes';
import type { Outcome } from './delivery-outcome';
import { type KeptDelivery, unpackDelivery } from './delivery-payload';
import { lockProjectRow } from './project-lock';
import { endPullRequestAudits } from './pull-request-audits';
import { isOwnAction, type ToldProject, tellIdentity } from './told-project';
import { announceWebhook } from './webhook-events';

const RANK = { processed: 0, failed: 1, ignored: 2 } as const;

/** Does what a delivery asks for; one that was looked into before stays as it is. */
export async function processDelivery(deliveryId: string, log: Logger): Promise<void> {
  // Most of a burst were taken along by another: told without a transaction.
  const known = await db().webhookDelivery.findFirst({ where: { id: deliveryId }, select: { status: true } });
  if (known?.status !== 'received') return log.info('delivery settled or gone');
  const done = await db().$transaction(async (tx) => {
    const delivery = await lockDelivery(tx, deliveryId);
    if (delivery?.status !== 'received' || !delivery.payload) return null;
    const kept = await unpackDelivery(delivery.payload);
    const project = await lockProject(tx, delivery.projectId);
    if (!project) return null;
    const outcome = await outcomeOf(tx, project, { ...delivery, kept });
    await settle(tx, delivery, outcome);
    const added = outcome.waitsOn === undefined ? null : await absorbPushes(tx, project, outcome.waitsOn);
    return { project, outcome, added };
  });
  if (!done) return log.info('delivery settled or gone');
  const { project, outcome, added } = done;
  log.info({ projectId: project.id, auditId: outcome.auditId, outcome: outcome.id }, 'delivery processed');
  if (outcome.auditId && outcome.isNewAudit) await announceAudit(outcome.auditId, log);
  if (added) await announceAudit(added.id, log);
  if (outcome.closed) {
    for (const auditId of await endPullRequestAudits(outcome.closed)) await announceAudit(auditId, log);
  }
  announceWebhook({ projectId: project.id, teamId: project.teamId }, log);
}

/** The last try failed. */
export async function failDelivery(
  tx: Tx,
  deliveryId: string,
  { errorCode, log }: { errorCode: string; log: Logger },
): Promise<(() => void) | null> {
  const delivery = await lockDelivery(tx, deliveryId);
  if (delivery?.status !== 'received') return null;
  await settle(tx, delivery, { status: 'failed', id: 'failed', data: { code: errorCode } });
  const project = await lockProject(tx, delivery.projectId);
  return project && (() => announceWebhook({ projectId: project.id, teamId: project.teamId }, log));
}

interface DeliveryRow {
  id: string;
  projectId: string;
  provider: ProviderId;
  source: 'webhook' | 'poll' | 'replay';
  status: string;
  receivedAt: Date;
  payload: Uint8Array | null;
}

async function lockDelivery(tx: Tx, deliveryId: string): Promise<DeliveryRow | null> {
  const [row] = await tx.$queryRaw<DeliveryRow[]>`
    select id, project_id as "projectId", provider, source, status, received_at as "receivedAt", payload
    from webhook_deliveries where id = ${deliveryId}::uuid for update`;
  return row ?? null;
}

async function lockProject(tx: Tx, projectId: string): Promise<ToldProject | null> {
  await lockProjectRow(tx, projectId);
  return tx.project.findFirst({
    where: { id: projectId },
    select: {
      id: true,
      teamId: true,
      branch: true,
      repositoryUrl: true,
      canonicalKey: true,
      provider: true,
      providerRepositoryId: true,
      providerPath: true,
      isArchived: true,
      connection: { select: { kind: true, account: true, app: { select: { slug: true } } } },
    },
  });
}

async function outcomeOf(
  tx: Tx,
  project: ToldProject,
  delivery: DeliveryRow & { kept: KeptDelivery },
): Promise<Outcome> {
  const { kept } = delivery;
  if (kept.changes.every(({ kind }) => kind === 'ping')) return { status: 'processed', id: 'ping' };
  if (isOwnAction(project, kept)) {
    return { status: 'ignored', id: 'own_action', data: { login: kept.sender?.login ?? '' } };
  }
  if (kept.repository && !(await tellIdentity(tx, project, delivery.provider, kept))) {
    return { status: 'ignored', id: 'other_repository', data: { path: kept.repository.path } };
  }
  let best: Outcome | undefined;
  for (const change of kept.changes as readonly DeliveredChange[]) {
    const outcome = await handleChange(tx, project, change);
    if (!best || RANK[outcome.status] < RANK[best.status]) best = outcome;
  }
  return best ?? { status: 'ignored', id: 'not_needed' };
}

async function settle(tx: Tx, { id, projectId, source, receivedAt }: DeliveryRow, outcome: Outcome): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { id },
    data: {
      status: outcome.status,
      outcome: { id: outcome.id, data: outcome.data ?? {} },
      auditId: outcome.auditId ?? null,
      processedAt: new Date(),
    },
  });
  if (source !== 'webhook') return;
  await tx.$executeRaw`
    update project_webhooks set last_delivery_at = greatest(last_delivery_at, ${receivedAt}::timestamptz)
    where project_id = ${projectId}::uuid`;
}
