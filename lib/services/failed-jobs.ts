import { randomUUID } from 'node:crypto';
import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { db, query, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { canonicalJson, sha256 } from '@/lib/magics/hash';
import type { FailedJobView } from '@/lib/schemas/operations';
import { recordChange } from './change-log';
import { requireInstanceOwner } from './instance-owner';
import { auditOf, comesBack, runAgain } from './job-retry';

const KEPT_DAYS = 14;
/** Of one project, the newest: no tenant fills the page, or the table. */
const KEPT_OF_PROJECT = 100;
/** Newest first; beyond it the page says how many there are. */
const MOST_SHOWN = 100;

/** A repository or another machine said no, which its team is told; or the team itself ended it. */
export const NOT_OURS = /^(?:repository|provider|outgoing|channel)_|^cancelled$/;

export interface GivenUpJob {
  name: string;
  /** Ids only. */
  payload: object;
  errorCode: string;
  tries: number;
  worker: string;
}

/**
 * Keeps a job that nobody will try again, where its cause lies with this installation. The same job is one row. Must see all
 * teams; of the transaction that settles the job, so that a worker that dies leaves neither without the other.
 */
export async function setJobAside(tx: Tx, { name, payload, errorCode, tries, worker }: GivenUpJob): Promise<void> {
  if (NOT_OURS.test(errorCode) || comesBack(name)) return;
  const key = sha256('elder-job-1', name, canonicalJson(payload));
  await tx.$executeRaw`
    insert into failed_jobs (id, name, payload, key, error_code, tries, worker, first_at, last_at)
    values (${randomUUID()}::uuid, ${name}, ${JSON.stringify(payload)}::jsonb, ${key}, ${errorCode}, ${tries}, ${worker},
      clock_timestamp(), clock_timestamp())
    on conflict (key) do update set error_code = excluded.error_code, tries = excluded.tries, worker = excluded.worker,
      times = failed_jobs.times + 1, last_at = excluded.last_at, retried_at = null`;
}

/** Settles a job that belongs to no audit and sets it aside. @param settle gives what to tell once that is kept */
export async function giveUpLoneJob(job: GivenUpJob, settle: (tx: Tx) => Promise<(() => void) | null>): Promise<void> {
  const tell = await db().$transaction(async (tx) => {
    const told = await settle(tx);
    await setJobAside(tx, job);
    return told;
  });
  tell?.();
}

/** What is set aside, newest first, and how many there are. Names only what lies in the asker's own teams. */
export async function loadFailedJobs(ctx: Context): Promise<{ items: FailedJobView[]; count: number }> {
  const [rows, counted] = await Promise.all([
    query<Omit<FailedJobView, 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date }>`
      select f.id as "jobId", f.name, f.error_code as "errorCode", f.tries, f.times, f.worker,
        f.first_at as "firstAt", f.last_at as "lastAt",
        a.id as "auditId", a.number as "auditNumber", p.id as "projectId", p.name as "projectName"
      from failed_jobs f
      left join webhook_deliveries d on f.name = 'webhook.process' and d.id = (f.payload ->> 'deliveryId')::uuid
      left join audits a on a.id = (f.payload ->> 'auditId')::uuid
        and a.project_id in (select id from projects where team_id = any(${ctx.teamIds}::uuid[]))
      left join projects p on p.id = coalesce(a.project_id, d.project_id, (f.payload ->> 'projectId')::uuid)
        and p.team_id = any(${ctx.teamIds}::uuid[])
      where f.retried_at is null order by f.last_at desc, f.id limit ${MOST_SHOWN}::int`,
    query<{ count: number }>`select count(*)::int as count from failed_jobs where retried_at is null`,
  ]);
  const items = rows.map((row) => ({
    ...row,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }));
  return { items, count: counted[0]?.count ?? 0 };
}

/**
 * Gives a job that was set aside to the queue again. `not_found` when there is none, or it was given already; `gone` when what
 * it was about is there no more, `conflict` while its audit still runs.
 */
export async function retryFailedJob(ctx: Context, jobId: string): Promise<void> {
  await requireInstanceOwner(ctx);
  await asSystem(() =>
    db().$transaction(async (tx) => {
      const [job] = await tx.$queryRaw<{ name: string; payload: unknown; errorCode: string }[]>`
        select name, payload, error_code as "errorCode" from failed_jobs
        where id = ${jobId}::uuid and retried_at is null for update`;
      if (!job) throw new AppError('not_found', 'no such job is set aside');
      await runAgain(tx, ctx, job);
      await settle(tx, jobId, auditOf(job.name, job.payload));
      const detail = { job: job.name, errorCode: job.errorCode };
      await recordChange(tx, ctx, { action: 'job.retried', teamId: null, target: jobId, detail });
    }),
  );
  ctx.log.info({ failedJobId: jobId }, 'job is run again');
}

/** One audit anew is for all of its jobs. */
async function settle(tx: Tx, jobId: string, auditId: string | null): Promise<void> {
  await tx.$executeRaw`
    update failed_jobs set retried_at = now()
    where retried_at is null and (id = ${jobId}::uuid or (name like 'audit.%' and payload ->> 'auditId' = ${auditId}))`;
}

/** Those nobody cared for, and those of a project that has too many. */
export async function forgetFailedJobs(): Promise<void> {
  await query`delete from failed_jobs where last_at < now() - ${KEPT_DAYS} * interval '1 day'`;
  await query`
    delete from failed_jobs where id in (
      select id from (
        select f.id, row_number() over (
          partition by coalesce(a.project_id, d.project_id, (f.payload ->> 'projectId')::uuid) order by f.last_at desc, f.id
        ) as place
        from failed_jobs f
        left join webhook_deliveries d on f.name = 'webhook.process' and d.id = (f.payload ->> 'deliveryId')::uuid
        left join audits a on a.id = (f.payload ->> 'auditId')::uuid
        where coalesce(a.project_id, d.project_id, (f.payload ->> 'projectId')::uuid) is not null
      ) ranked where place > ${KEPT_OF_PROJECT}::int)`;
}
