import { randomUUID } from 'node:crypto';
import { asSystem } from '@/lib/auth/tenants';
import { db, query } from '@/lib/db/client';
import type { QueueBackend } from '@/lib/queues/backend';
import { JOBS } from '@/lib/queues/catalog';
import { enqueue } from '@/lib/queues/enqueue';

/** A delivery whose job should have begun: the queue is asked whether it holds it. */
const LOST_SECONDS = 30;
/** What the queue holds for so long it will not run any more. */
const STUCK_SECONDS = 3_600;
const MAX_AT_ONCE = 100;
/** After it the body is forgotten; after the longer one the whole row. */
const PAYLOAD_DAYS = 14;
const ROW_DAYS = 90;
const FORGET_AT_ONCE = 5_000;

/** Enqueues deliveries that the queue lost before anybody looked into them. Gives their number. */
export async function repairDeliveries(queues: Pick<QueueBackend, 'findHeld'>): Promise<number> {
  return asSystem(async () => {
    const waiting = await query<{ id: string; isStuck: boolean }>`
      select d.id, d.received_at < now() - ${STUCK_SECONDS} * interval '1 second' as "isStuck"
      from webhook_deliveries d
      where d.status = 'received' and d.received_at < now() - ${LOST_SECONDS} * interval '1 second'
        and not exists (select 1 from outbox_jobs o
          where o.name = 'webhook.process' and o.payload ->> 'deliveryId' = d.id::text)
      order by d.received_at limit ${MAX_AT_ONCE}::int`;
    if (waiting.length === 0) return 0;
    const ids = waiting.map(({ id }) => jobIdOf(id));
    const held = await queues.findHeld(JOBS['webhook.process'].kind, ids);
    const lost = waiting.filter(({ id, isStuck }) => isStuck || !held.has(jobIdOf(id)));
    for (const { id, isStuck } of lost) {
      const jobId = isStuck ? `${jobIdOf(id)}.${randomUUID().slice(0, 8)}` : jobIdOf(id);
      await db().$transaction((tx) => enqueue(tx, 'webhook.process', { deliveryId: id }, { jobId }));
    }
    return lost.length;
  });
}

function jobIdOf(deliveryId: string): string {
  return `webhook.${deliveryId}`;
}

export async function forgetOldDeliveries(): Promise<void> {
  await asSystem(async () => {
    await query`
      update webhook_deliveries set payload = null where id in (
        select id from webhook_deliveries
        where payload is not null and status <> 'received' and received_at < now() - ${PAYLOAD_DAYS} * interval '1 day'
        limit ${FORGET_AT_ONCE}::int)`;
    await query`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries where received_at < now() - ${ROW_DAYS} * interval '1 day'
        limit ${FORGET_AT_ONCE}::int)`;
  });
}
