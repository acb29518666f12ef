import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { query } from '@/lib/db/client';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { STAGES } from '@/lib/schemas/audits';
import type { OperationsView, QueueView, StageView, StoresView, WorkerView } from '@/lib/schemas/operations';
import packageJson from '@/package.json' with { type: 'json' };
import { readDisk } from './disk';
import { loadFailedJobs } from './failed-jobs';
import { requireInstanceOwner } from './instance-owner';
import { loadQueueDepths } from './queue-depths';
import { loadRechecks } from './recheck-report';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

const ENDED = ['completed', 'partial', 'failed', 'cancelled'] as const;
const MOST_CAUSES = 20;

/** How the installation stands, for who owns it. Names nothing of teams the asker is not in. */
export async function getOperations(ctx: Context): Promise<OperationsView> {
  await requireInstanceOwner(ctx);
  return asSystem(async () => {
    const [workers, depths, audits, stages, failures, setAside, rechecks, stores] = await Promise.all([
      loadWorkers(),
      loadQueueDepths(),
      loadEnded(),
      loadStages(),
      loadFailures(),
      loadFailedJobs(ctx),
      loadRechecks(ctx),
      loadStores(),
    ]);
    const present = workers.filter(({ silentSeconds }) => silentSeconds <= WORKER_SILENCE_SECONDS);
    const queues = depths.map(
      ({ measuredAt, ...depth }): QueueView => ({
        ...depth,
        measuredAt: measuredAt.toISOString(),
        workers: present.filter(({ kinds, isDraining }) => kinds.includes(depth.kind) && !isDraining).length,
      }),
    );
    const at = new Date().toISOString();
    return { at, version: packageJson.version, queues, workers, audits, stages, failures, setAside, rechecks, stores };
  });
}

async function loadWorkers(): Promise<WorkerView[]> {
  const rows = await query<
    Omit<WorkerView, 'startedAt' | 'lastSeenAt' | 'jobs'> & {
      startedAt: Date;
      lastSeenAt: Date;
      jobs: { name: string; startedAt: string }[];
    }
  >`
    select id as "workerId", host, pid, version, kinds, started_at as "startedAt", last_seen_at as "lastSeenAt",
      greatest(0, extract(epoch from now() - last_seen_at))::float8 as "silentSeconds", is_draining as "isDraining",
      concurrency, cpu_cores as "cpuCores", loop_lag_ms as "loopLagMs", rss_bytes::float8 as "rssBytes", jobs
    from worker_processes order by host, started_at, id`;
  return rows.map(({ startedAt, lastSeenAt, jobs, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    jobs: jobs.map(({ name, startedAt: since }) => ({ name, startedAt: since })),
  }));
}

async function loadEnded(): Promise<OperationsView['audits']> {
  const rows = await query<{ status: string; hour: number; day: number }>`
    select status::text, count(*) filter (where ended_at > now() - interval '1 hour')::int as hour, count(*)::int as day
    from audits where ended_at > now() - interval '1 day' group by status`;
  return ENDED.map((status) => {
    const row = rows.find((one) => one.status === status);
    return { status, ended: { hour: row?.hour ?? 0, day: row?.day ?? 0 } };
  });
}

interface StageRow {
  stage: string;
  doneHour: number;
  doneDay: number;
  failedHour: number;
  failedDay: number;
  halfSeconds: number | null;
  mostSeconds: number | null;
}

async function loadStages(): Promise<StageView[]> {
  const rows = await query<StageRow>`
    select kind as stage,
      count(*) filter (where status = 'done' and ended_at > now() - interval '1 hour')::int as "doneHour",
      count(*) filter (where status = 'done')::int as "doneDay",
      count(*) filter (where status = 'failed' and ended_at > now() - interval '1 hour')::int as "failedHour",
      count(*) filter (where status = 'failed')::int as "failedDay",
      percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at))
        filter (where status = 'done') as "halfSeconds",
      percentile_cont(0.95) within group (order by extract(epoch from ended_at - started_at))
        filter (where status = 'done') as "mostSeconds"
    from audit_jobs where ended_at > now() - interval '1 day' group by kind`;
  return STAGES.flatMap((stage) => {
    const row = rows.find((one) => one.stage === stage);
    // Only where judges have no Git is there such a stage.
    if (stage === 'assemble' && !row) return [];
    return {
      stage,
      done: { hour: row?.doneHour ?? 0, day: row?.doneDay ?? 0 },
      failed: { hour: row?.failedHour ?? 0, day: row?.failedDay ?? 0 },
      halfSeconds: row?.halfSeconds ?? null,
      mostSeconds: row?.mostSeconds ?? null,
    };
  });
}

async function loadFailures(): Promise<OperationsView['failures']> {
  const rows = await query<{ stage: string; errorCode: string; count: number; lastAt: Date }>`
    select kind as stage, coalesce(error_code, 'internal') as "errorCode", count(*)::int as count, max(ended_at) as "lastAt"
    from audit_jobs where status = 'failed' and ended_at > now() - interval '1 day'
    group by 1, 2 order by count(*) desc, 1, 2 limit ${MOST_CAUSES}::int`;
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt.toISOString() }));
}

async function loadStores(): Promise<StoresView> {
  const [[row], disk] = await Promise.all([
    query<{ sizeBytes: number; connections: number; mostConnections: number }>`
      select pg_database_size(current_database())::float8 as "sizeBytes",
        (select count(*) from pg_stat_activity where datname = current_database())::int as connections,
        current_setting('max_connections')::int as "mostConnections"`,
    readDisk().catch((err: unknown) => {
      logger().warn({ err }, 'the disk could not be measured');
      return null;
    }),
  ]);
  const database = row ?? { sizeBytes: 0, connections: 0, mostConnections: 0 };
  return { database, queue: env().REDIS_URL === undefined ? 'postgres' : 'redis', disk };
}
