import { randomUUID } from 'node:crypto';
import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { db, query, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { enqueue } from '@/lib/queues/enqueue';
import {
  type ClusterEnd,
  type ClusterProgress,
  type ClusterRunLine,
  ClusterRunOptions,
  ClusterRunRequest,
  type ClusterRunView,
  type ClusterView,
  type RunStatus,
} from '@/lib/schemas/cluster';
import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { checkClusterYaml } from '@/lib/schemas/cluster-yaml';
import { IN_CLUSTER } from '@/lib/schemas/in-cluster';
import { recordChange } from './change-log';
import { checkedView, loadClusterConfiguration } from './cluster-configuration';
import { requireInstanceOwner } from './instance-owner';

const SHOWN_RUNS = 10;
const KEPT_RUNS = 100;
/** A worker says every second that it is at a run. */
const SILENCE_SECONDS = 60;

/** What a worker needs to do a run. */
export interface RunToDo {
  verb: ClusterRunRequest['verb'];
  options: ClusterRunOptions;
  configuration: ClusterConfiguration;
  /** File or `IN_CLUSTER`; undefined: no cluster may be asked. */
  kubeconfig: string | undefined;
}

/** Takes `instance.manage`: what is described, which way leads to a cluster, and what was done lately. */
export async function getCluster(ctx: Context): Promise<ClusterView> {
  await requireInstanceOwner(ctx);
  return asSystem(async () => {
    const [{ version, text, updatedAt }, rows] = await Promise.all([loadClusterConfiguration(), listRuns()]);
    return {
      access: accessOf(env().CLUSTER_KUBECONFIG),
      version,
      updatedAt: updatedAt?.toISOString() ?? null,
      checked: checkedView(checkClusterYaml(text)),
      runs: rows.map(lineOf),
    };
  });
}

/** Takes `instance.manage`. */
export async function getClusterRun(ctx: Context, runId: string): Promise<ClusterRunView> {
  await requireInstanceOwner(ctx);
  return asSystem(() => loadRun(runId));
}

/**
 * Takes `instance.manage`: has a worker do something with the cluster. `unprocessable` where nothing leads to one, `conflict`
 * while something is under way, `invalid_request` when the name that confirms is another.
 */
export async function requestClusterRun(ctx: Context, given: ClusterRunRequest): Promise<ClusterRunView> {
  await requireInstanceOwner(ctx);
  const { verb, confirm, ...options } = ClusterRunRequest.parse(given);
  const runId = randomUUID();
  await asSystem(async () => {
    const { version, text } = await loadClusterConfiguration();
    if (version === 0) throw new AppError('not_found', 'no cluster is described yet');
    const { configuration } = checkClusterYaml(text);
    if (!configuration) throw new AppError('unprocessable', 'the stored configuration must be mended first');
    if (verb !== 'validate' && env().CLUSTER_KUBECONFIG === undefined) {
      throw new AppError('unprocessable', 'CLUSTER_KUBECONFIG is not set', {
        details: { reason: 'no_cluster_access' },
      });
    }
    if (verb === 'destroy' && confirm !== configuration.name) {
      const fields = [{ field: 'confirm', problem: `must be the name of the instance, ${configuration.name}` }];
      throw new AppError('invalid_request', 'the name does not confirm', { details: { fields } });
    }
    await endSilentRuns();
    await db().$transaction(async (tx) => {
      const taken = await tx.$executeRaw`
        insert into cluster_runs (id, verb, options, version, text, requested_by)
        values (${runId}::uuid, ${verb}, ${JSON.stringify(options)}::jsonb, ${version}, ${text}, ${ctx.userId}::uuid)
        on conflict do nothing`;
      if (taken === 0) throw new AppError('conflict', 'something is done with the cluster already');
      await enqueue(tx, 'cluster.run', { runId }, { jobId: `cluster.run.${runId}`, priority: 0 });
      const detail = { verb, version, ...options };
      await recordChange(tx, ctx, { action: 'cluster.requested', teamId: null, target: runId, detail });
    });
    await query`
      delete from cluster_runs where id not in
        (select id from cluster_runs order by created_at desc, id desc limit ${KEPT_RUNS}::int)`;
  });
  ctx.log.info({ runId, verb }, 'cluster run requested');
  return asSystem(() => loadRun(runId));
}

/** Takes `instance.manage`: ends a run. What is done stays; the next apply goes on from there. */
export async function stopClusterRun(ctx: Context, runId: string): Promise<ClusterRunView> {
  await requireInstanceOwner(ctx);
  await asSystem(() =>
    db().$transaction(async (tx) => {
      const stopped = await tx.$executeRaw`
        update cluster_runs set stop_asked_at = coalesce(stop_asked_at, now()),
          status = case when status = 'waiting' or seen_at < now() - ${SILENCE_SECONDS} * interval '1 second'
            then 'cancelled' else status end,
          ended_at = case when status = 'waiting' or seen_at < now() - ${SILENCE_SECONDS} * interval '1 second'
            then now() else ended_at end
        where id = ${runId}::uuid and status in ('waiting', 'running')`;
      if (stopped === 0) {
        const known = await tx.clusterRun.count({ where: { id: runId } });
        throw known === 0 ? new AppError('not_found', 'no such run') : new AppError('conflict', 'the run has ended');
      }
      await recordChange(tx, ctx, { action: 'cluster.stopped', teamId: null, target: runId });
    }),
  );
  return asSystem(() => loadRun(runId));
}

/** Takes a run to do it, also one that a worker left; null where it has ended. Must see all teams. */
export async function takeClusterRun(runId: string): Promise<RunToDo | null> {
  const [row] = await query<{ verb: RunToDo['verb']; options: unknown; text: string }>`
    update cluster_runs set status = 'running', started_at = coalesce(started_at, now()), seen_at = now()
    where id = ${runId}::uuid and status in ('waiting', 'running') and stop_asked_at is null
    returning verb, options, text`;
  if (!row) {
    await endClusterRun(runId, { status: 'cancelled' });
    return null;
  }
  const { configuration } = checkClusterYaml(row.text);
  if (!configuration) throw new AppError('unprocessable', 'this release cannot read the configuration of the run');
  const { CLUSTER_KUBECONFIG: kubeconfig } = env();
  return { verb: row.verb, options: ClusterRunOptions.parse(row.options), configuration, kubeconfig };
}

/** Writes how it goes; gives whether the run is still wanted. Must see all teams. */
export async function noteClusterProgress(runId: string, progress: readonly ClusterProgress[]): Promise<boolean> {
  const rows = await query<{ isWanted: boolean }>`
    update cluster_runs set seen_at = now(), progress = ${JSON.stringify(progress)}::jsonb
    where id = ${runId}::uuid and status = 'running' returning stop_asked_at is null as "isWanted"`;
  return rows[0]?.isWanted ?? false;
}

interface RunEnd {
  status: Exclude<RunStatus, 'waiting' | 'running'>;
  ends?: readonly ClusterEnd[];
  errorCode?: string;
}

/** Once ended it stays as it is. Must see all teams. */
export async function endClusterRun(
  runId: string,
  { status, ends = [], errorCode }: RunEnd,
  client: Pick<Tx, '$executeRaw'> = db(),
): Promise<void> {
  await client.$executeRaw`
    update cluster_runs set status = ${status}, ended_at = now(), ends = ${JSON.stringify(ends)}::jsonb,
      error_code = ${errorCode ?? null}
    where id = ${runId}::uuid and status in ('waiting', 'running')`;
}

/** Those whose worker is gone, and that no queue brings back, would keep all others away. */
async function endSilentRuns(): Promise<void> {
  await query`
    update cluster_runs set status = 'failed', error_code = 'crashed', ended_at = now()
    where status = 'running' and seen_at < now() - ${5 * SILENCE_SECONDS} * interval '1 second'`;
}

interface RunRow extends Omit<ClusterRunLine, 'createdAt' | 'startedAt' | 'endedAt'> {
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

function listRuns(): Promise<RunRow[]> {
  return query<RunRow>`
    select r.id as "runId", r.verb, r.status, r.version, r.options, r.error_code as "errorCode",
      u.name as "requestedBy", r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt",
      r.stop_asked_at is not null and r.ended_at is null as "isStopping"
    from cluster_runs r left join users u on u.id = r.requested_by
    order by r.created_at desc, r.id desc limit ${SHOWN_RUNS}::int`;
}

async function loadRun(runId: string): Promise<ClusterRunView> {
  const [row] = await query<RunRow & { progress: ClusterProgress[]; ends: ClusterEnd[] }>`
    select r.id as "runId", r.verb, r.status, r.version, r.options, r.error_code as "errorCode",
      u.name as "requestedBy", r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt",
      r.stop_asked_at is not null and r.ended_at is null as "isStopping", r.progress, r.ends
    from cluster_runs r left join users u on u.id = r.requested_by where r.id = ${runId}::uuid`;
  if (!row) throw new AppError('not_found', 'no such run');
  return { ...lineOf(row), progress: row.progress, ends: row.ends };
}

function lineOf({ createdAt, startedAt, endedAt, options, ...row }: RunRow): ClusterRunLine {
  const { runId, verb, status, version, errorCode, requestedBy, isStopping } = row;
  return {
    runId,
    verb,
    status,
    version,
    options: ClusterRunOptions.parse(options),
    errorCode,
    requestedBy,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    isStopping,
  };
}

function accessOf(kubeconfig: string | undefined): ClusterView['access'] {
  if (kubeconfig === undefined) return 'none';
  return kubeconfig === IN_CLUSTER ? IN_CLUSTER : 'kubeconfig';
}
