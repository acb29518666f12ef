import { query } from '@/lib/db/client';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import type { QueueBackend } from '@/lib/queues/backend';
import { auditStagesOf } from '@/lib/queues/catalog';

/** After it nobody knows how full a queue is. */
const FRESH_SECONDS = 60;

export interface KnownDepth {
  kind: WorkerKind;
  waiting: number;
  delayed: number;
  running: number;
  /** How long the job waits that waits longest; null when none does. */
  oldestSeconds: number | null;
  measuredAt: Date;
  /** Whether a worker looked lately. */
  isFresh: boolean;
}

/** Asks the queues how full they are and writes it down, for those who have no way to them. */
export async function measureQueues(queues: Pick<QueueBackend, 'measure'>): Promise<void> {
  for (const kind of WORKER_KINDS) {
    const { waiting, delayed, running, nextAddedAt } = await queues.measure(kind);
    // A queue tells who comes next, not who waits longest: those of low rank may be passed over for ever.
    const oldest = waiting === 0 ? null : await oldestOfAudits(kind);
    const oldestAt = oldest && nextAddedAt ? new Date(Math.min(+oldest, +nextAddedAt)) : (oldest ?? nextAddedAt);
    await query`
      insert into queue_depths (kind, waiting, delayed, running, oldest_at, measured_at)
      values (${kind}, ${waiting}, ${delayed}, ${running}, ${oldestAt}, now())
      on conflict (kind) do update set waiting = excluded.waiting, delayed = excluded.delayed,
        running = excluded.running, oldest_at = excluded.oldest_at, measured_at = excluded.measured_at`;
  }
}

/** Since when the job of an audit waits that waits longest for the kind. Must see all teams. */
async function oldestOfAudits(kind: WorkerKind): Promise<Date | null> {
  const stages = auditStagesOf(kind);
  if (stages.length === 0) return null;
  const [row] = await query<{ oldestAt: Date | null }>`
    select min(j.queued_at) as "oldestAt" from audit_jobs j
    join audits a on a.id = j.audit_id and a.attempt = j.attempt and a.status in ('queued', 'running')
    where j.status = 'waiting' and j.kind = any(${stages})`;
  return row?.oldestAt ?? null;
}

/** In the order of the kinds; those that were never measured are missing. */
export async function loadQueueDepths(): Promise<KnownDepth[]> {
  const rows = await query<KnownDepth>`
    select kind, waiting, delayed, running, measured_at as "measuredAt",
      greatest(0, extract(epoch from measured_at - oldest_at))::float8 as "oldestSeconds",
      measured_at > now() - ${FRESH_SECONDS} * interval '1 second' as "isFresh"
    from queue_depths`;
  const withNull = rows.map((row) => ({ ...row, oldestSeconds: row.waiting === 0 ? null : row.oldestSeconds }));
  return WORKER_KINDS.flatMap((kind) => withNull.find((row) => row.kind === kind) ?? []);
}
