import { query } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import { auditStagesOf } from '@/lib/queues/catalog';
import { loadQueueDepths } from './queue-depths';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

/** Over which the time of a job is measured. */
const MEAN_MINUTES = 60;

/** How a kind of worker stands. */
export interface QueueLoad {
  waiting: number;
  running: number;
  oldestWaitSeconds: number;
  /** Work that waits, in seconds of one slot; null where nobody knows how long such jobs take. */
  waitingSeconds: number | null;
  workers: number;
}

/** What came and went within a span of time. */
export interface QueueFlow {
  arrivals: number;
  finished: number;
  /** Of jobs that ended at their first try; null without any. */
  meanSeconds: number | null;
}

/** Reads how much work waits and runs for the kind. Must see all teams. */
export async function measureLoad(kind: WorkerKind): Promise<QueueLoad> {
  const [queue, workers] = await Promise.all([
    kind === 'deliver' ? loadOfLoneJobs() : loadOfAuditJobs(kind),
    countWorkers(kind),
  ]);
  return { ...queue, workers };
}

/** Reads what came and went within a span. Must see all teams. */
export function measureFlow(kind: WorkerKind, from: Date, to: Date): Promise<QueueFlow> {
  return kind === 'deliver' ? flowOfLoneJobs(from, to) : flowOfAuditJobs(kind, from, to);
}

async function loadOfAuditJobs(kind: WorkerKind): Promise<Omit<QueueLoad, 'workers'>> {
  const [row] = await query<Omit<QueueLoad, 'workers'>>`
    with open as (
      select j.kind, j.status, j.queued_at from audit_jobs j
      join audits a on a.id = j.audit_id and a.attempt = j.attempt and a.status in ('queued', 'running')
      where j.status in ('waiting', 'running') and j.kind = any(${auditStagesOf(kind)})),
    means as (
      select kind, avg(extract(epoch from ended_at - started_at))::float8 as seconds from audit_jobs
      where ended_at > now() - ${MEAN_MINUTES} * interval '1 minute' and status = 'done' and tries = 1
        and kind = any(${auditStagesOf(kind)})
      group by kind)
    select count(*) filter (where open.status = 'waiting')::int as waiting,
      count(*) filter (where open.status = 'running')::int as running,
      coalesce(greatest(0, extract(epoch from now() - min(queued_at) filter (where open.status = 'waiting'))), 0)::float8
        as "oldestWaitSeconds",
      case when bool_or(open.status = 'waiting' and seconds is null) then null
        else coalesce(sum(seconds) filter (where open.status = 'waiting'), 0)::float8 end as "waitingSeconds"
    from open left join means using (kind)`;
  return row ?? { waiting: 0, running: 0, oldestWaitSeconds: 0, waitingSeconds: 0 };
}

/** What was queued within the span still waits or runs, or has ended since. */
async function flowOfAuditJobs(kind: WorkerKind, from: Date, to: Date): Promise<QueueFlow> {
  const [row] = await query<QueueFlow>`
    with seen as (
      select queued_at, started_at, ended_at, status, tries from audit_jobs
      where kind = any(${auditStagesOf(kind)}) and (status in ('waiting', 'running') or ended_at >= ${from}))
    select count(*) filter (where queued_at >= ${from} and queued_at < ${to})::int as arrivals,
      count(*) filter (where ended_at >= ${from} and ended_at < ${to})::int as finished,
      avg(extract(epoch from ended_at - started_at)) filter (
        where ended_at >= ${from} and ended_at < ${to} and status = 'done' and tries = 1)::float8 as "meanSeconds"
    from seen`;
  return row ?? { arrivals: 0, finished: 0, meanSeconds: null };
}

/**
 * All jobs that belong to no audit, as the queue was found lately; without that, deliveries and notifications alone, whose own
 * tables say how they stand.
 */
async function loadOfLoneJobs(): Promise<Omit<QueueLoad, 'workers'>> {
  const [told, depths] = await Promise.all([loadOfDeliveries(), loadQueueDepths()]);
  const { meanSeconds, ...load } = told;
  const queue = depths.find(({ kind, isFresh }) => kind === 'deliver' && isFresh);
  const { waiting, running, oldestWaitSeconds } = queue
    ? { ...queue, oldestWaitSeconds: queue.oldestSeconds ?? 0 }
    : load;
  const waitingSeconds = waiting === 0 ? 0 : meanSeconds === null ? null : waiting * meanSeconds;
  return { waiting, running, oldestWaitSeconds, waitingSeconds };
}

interface DeliveryLoad extends Pick<QueueLoad, 'waiting' | 'running' | 'oldestWaitSeconds'> {
  /** Of notifications lately; null without any. */
  meanSeconds: number | null;
}

async function loadOfDeliveries(): Promise<DeliveryLoad> {
  const [row] = await query<DeliveryLoad>`
    with open as (
      select 'waiting' as status, received_at as since from webhook_deliveries where status = 'received'
      union all
      select status, next_try_at from channel_deliveries
      where ended_at is null and next_try_at <= now() and status in ('waiting', 'sending')),
    means as (
      select avg(duration_ms)::float8 / 1000 as seconds from channel_deliveries
      where created_at > now() - ${MEAN_MINUTES} * interval '1 minute' and ended_at is not null)
    select count(*) filter (where status = 'waiting')::int as waiting,
      count(*) filter (where status = 'sending')::int as running,
      coalesce(greatest(0, extract(epoch from now() - min(since) filter (where status = 'waiting'))), 0)::float8
        as "oldestWaitSeconds", (select seconds from means) as "meanSeconds"
    from open`;
  return row ?? { waiting: 0, running: 0, oldestWaitSeconds: 0, meanSeconds: null };
}

/** Deliveries and notifications: of other jobs nobody writes down that they came or went. */
async function flowOfLoneJobs(from: Date, to: Date): Promise<QueueFlow> {
  const [row] = await query<QueueFlow>`
    with seen as (
      select received_at as came, processed_at as went, null::int as duration_ms from webhook_deliveries
      where received_at >= ${from}
      union all
      select received_at, processed_at, null from webhook_deliveries where processed_at >= ${from} and received_at < ${from}
      union all
      select created_at, ended_at, duration_ms from channel_deliveries where created_at >= ${from}
      union all
      select created_at, ended_at, duration_ms from channel_deliveries where ended_at >= ${from} and created_at < ${from})
    select count(*) filter (where came >= ${from} and came < ${to})::int as arrivals,
      count(*) filter (where went >= ${from} and went < ${to})::int as finished,
      avg(duration_ms) filter (where went >= ${from} and went < ${to})::float8 / 1000 as "meanSeconds"
    from seen`;
  return row ?? { arrivals: 0, finished: 0, meanSeconds: null };
}

async function countWorkers(kind: WorkerKind): Promise<number> {
  const [row] = await query<{ count: number }>`
    select count(*)::int as count from worker_processes
    where ${kind} = any(kinds) and last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second'`;
  return row?.count ?? 0;
}
