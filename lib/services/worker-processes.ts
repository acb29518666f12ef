import { query } from '@/lib/db/client';
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
  jobs: readonly (JobRef & { name: string; startedAt: string })[];
  rssBytes: number;
}

/** Says that a worker is alive and what it does. */
export async function reportWorker(report: WorkerReport): Promise<void> {
  const { id, host, pid, version, kinds, jobs, rssBytes } = report;
  await query`
    insert into worker_processes (id, host, pid, version, kinds, started_at, last_seen_at, jobs, rss_bytes)
    values (${id}, ${host}, ${pid}, ${version}, ${kinds}, now(), now(), ${JSON.stringify(jobs)}::jsonb, ${rssBytes})
    on conflict (id) do update set last_seen_at = now(), jobs = excluded.jobs, rss_bytes = excluded.rss_bytes`;
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
