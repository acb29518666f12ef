import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db, query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ProviderId } from '@/lib/git/providers/provider';
import { WEBHOOK_FORMS } from '@/lib/git/providers/webhook-forms';
import { enqueue } from '@/lib/queues/enqueue';
import type { Sentence } from '@/lib/schemas/common';
import type {
  DeliveryDetail,
  DeliveryFilter,
  DeliveryPage,
  DeliverySummary,
  WebhookHost,
} from '@/lib/schemas/webhooks';
import { requireProject } from './access';
import { recordChange } from './change-log';
import { CursorTime, decodeCursor, encodeCursor } from './cursor';
import { unpackDelivery } from './delivery-payload';

interface DeliveryRow {
  id: string;
  deliveryId: string;
  provider: string;
  event: string;
  action: string | null;
  source: DeliverySummary['source'];
  status: DeliverySummary['status'];
  outcome: Sentence | null;
  auditId: string | null;
  auditNumber: number | null;
  replayOfId: string | null;
  sizeBytes: number;
  receivedAt: Date;
  processedAt: Date | null;
  place: string;
}

const Place = z.tuple([CursorTime, z.uuid()]);

/** What the Git host told of a project, newest first. */
export async function listDeliveries(ctx: Context, projectId: string, filter: DeliveryFilter): Promise<DeliveryPage> {
  await requireProject(ctx, projectId, 'project.manage');
  const { status = null, event = null, cursor, limit } = filter;
  const [receivedAt, id] = decodeCursor(cursor, Place) ?? [null, null];
  const rows = await query<DeliveryRow>`
    select d.id, d.delivery_id as "deliveryId", d.provider, d.event, d.action, d.source, d.status, d.outcome,
      a.id as "auditId", a.number as "auditNumber", d.replay_of_id as "replayOfId", d.size_bytes as "sizeBytes",
      d.received_at as "receivedAt", d.processed_at as "processedAt",
      to_char(d.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as place
    from webhook_deliveries d left join audits a on a.id = d.audit_id
    where d.project_id = ${projectId}::uuid
      and (${status}::text is null or d.status = ${status})
      and (${event}::text is null or d.event = ${event})
      and (${receivedAt}::timestamptz is null or (d.received_at, d.id) < (${receivedAt}::timestamptz, ${id}::uuid))
    order by d.received_at desc, d.id desc limit ${limit + 1}::int`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toSummary),
    nextCursor: last && rows.length > limit ? encodeCursor([last.place, last.id]) : null,
  };
}

export async function getDelivery(ctx: Context, projectId: string, deliveryId: string): Promise<DeliveryDetail> {
  await requireProject(ctx, projectId, 'project.manage');
  const [row] = await query<DeliveryRow & { payload: Buffer | null }>`
    select d.id, d.delivery_id as "deliveryId", d.provider, d.event, d.action, d.source, d.status, d.outcome,
      a.id as "auditId", a.number as "auditNumber", d.replay_of_id as "replayOfId", d.size_bytes as "sizeBytes",
      d.received_at as "receivedAt", d.processed_at as "processedAt", d.payload, '' as place
    from webhook_deliveries d left join audits a on a.id = d.audit_id
    where d.project_id = ${projectId}::uuid and d.id = ${deliveryId}::uuid`;
  if (!row) throw new AppError('not_found', 'no such delivery');
  const payload = row.payload ? (await unpackDelivery(row.payload)).payload : null;
  return { ...toSummary(row), payload };
}

/** Looks into a delivery once more, as if it came now. */
export async function replayDelivery(ctx: Context, projectId: string, deliveryId: string): Promise<DeliverySummary> {
  const project = await requireProject(ctx, projectId, 'project.manage');
  const id = randomUUID();
  await db().$transaction(async (tx) => {
    const row = await tx.webhookDelivery.findFirst({ where: { id: deliveryId, projectId } });
    if (!row) throw new AppError('not_found', 'no such delivery');
    const { provider, event, action, branch, payload, sizeBytes } = row;
    if (!payload) throw new AppError('gone', 'what was sent is not kept any more');
    const host = { deliveryId: `replay-${id}`, provider, event, action, branch };
    const data = { id, projectId, ...host, payload, sizeBytes, source: 'replay', replayOfId: row.id };
    await tx.webhookDelivery.create({ data });
    await enqueue(tx, 'webhook.process', { deliveryId: id }, { jobId: `webhook.${id}` });
    const change = { target: projectId, detail: { deliveryId, event } };
    await recordChange(tx, ctx, { action: 'delivery.replayed', teamId: project.teamId, ...change });
  });
  ctx.log.info({ projectId, deliveryId }, 'delivery replayed');
  const { payload: _, ...summary } = await getDelivery(ctx, projectId, id);
  return summary;
}

function toSummary(row: DeliveryRow): DeliverySummary {
  return {
    deliveryId: row.id,
    hostDeliveryId: row.deliveryId,
    host: (WEBHOOK_FORMS[row.provider as ProviderId]?.slug as WebhookHost | undefined) ?? null,
    event: row.event,
    action: row.action,
    source: row.source,
    status: row.status,
    outcome: row.outcome,
    auditId: row.auditId,
    auditNumber: row.auditNumber,
    replayOfId: row.replayOfId,
    sizeBytes: row.sizeBytes,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
  };
}
