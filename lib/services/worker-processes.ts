import { query } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/schemas/worker-kinds';
import type { JobRef } from './audit-flow';

/** Seconds without a report after which a worker counts as gone. */
export const WORKER_SILENCE_SECONDS = 12;

export interface WorkerReport {
  id: string;
  host: string;
  pid: number;
  version: string;
  kinds: readonly string[];
  /** Jobs in hand. */
  jobs: readonly (Partial<JobRef> & { name: string; startedAt: string })[];
  rssBytes: number;
  /** Jobs of each kind it runs at a time. */
  concurrency: number;
  /** Cores it used since the report before; null in the first one. */
  cpuCores: number | null;
  /** The longest that its event loop stood still since the report before. */
  loopLagMs: number | null;
  /** It takes no further job. */
  isDraining: boolean;
}

/** Says that a worker is alive and what it does. */
export async function reportWorker(report: WorkerReport): Promise<void> {
  const { id, host, pid, version, kinds, jobs, rssBytes, concurrency, cpuCores, loopLagMs, isDraining } = report;
  await query`
    insert into worker_processes (id, host, pid, version, kinds, started_at, last_seen_at, jobs, rss_bytes, concurrency,
      cpu_cores, loop_lag_ms, is_draining)
    values (${id}, ${host}, ${pid}, ${version}, ${kinds}, now(), now(), ${JSON.stringify(jobs)}::jsonb, ${rssBytes},
      ${concurrency}, ${cpuCores}, ${loopLagMs}, ${isDraining})
    on conflict (id) do update set last_seen_at = now(), jobs = excluded.jobs, rss_bytes = excluded.rss_bytes,
      cpu_cores = excluded.cpu_cores, loop_lag_ms = excluded.loop_lag_ms, is_draining = excluded.is_draining`;
}

/** Jobs of the kind that one of its workers runs at a time, as those at work say; null where none does. */
export async function measureSlots(kind: WorkerKind): Promise<number | null> {
  const [row] = await query<{ slots: number | null }>`
    select round(avg(concurrency))::int as slots from worker_processes
    where ${kind} = any(kinds) and not is_draining
      and last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second'`;
  return row?.slots ?? null;
}

/** Whether another worker of the host is at work: what looks left behind may be its own. */
export async function hasNeighbour({ id, host }: Pick<WorkerReport, 'id' | 'host'>): Promise<boolean> {
  const rows = await query`
    select 1 from worker_processes where host = ${host} and id <> ${id}
      and last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second'`;
  return rows.length > 0;
}

/** Whether any worker reported lately, on whatever host. */
export async function hasAnyWorker(): Promise<boolean> {
  const rows = await query`
    select 1 from worker_processes where last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second' limit 1`;
  return rows.length > 0;
}

export async function removeWorker(id: string): Promise<void> {
  await query`delete from worker_processes where id = ${id}`;
}
