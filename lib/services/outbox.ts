import type { PoolClient } from 'pg';
import { pool } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import type { NewJob, QueueBackend } from '@/lib/queues/backend';
import { JOBS, type JobName } from '@/lib/queues/catalog';
import { withTraceparent } from '@/lib/tracing/spans';

const BATCH = 200;

interface OutboxRow {
  id: string;
  name: JobName;
  payload: unknown;
  options: NewJob['options'] & { traceparent?: string };
}

/**
 * Moves committed jobs to the queue; returns how many. Rows leave the outbox after the queue has them, so a crash in
 * between repeats them under the same id, which the queue or the job itself notices.
 * @param onBatch before each batch: a full outbox takes many, and each is a sign of life
 */
export async function relayOutbox(queues: QueueBackend, onBatch?: () => void): Promise<number> {
  let moved = 0;
  for (;;) {
    onBatch?.();
    const count = await inTransaction((client) => relayBatch(client, queues));
    moved += count;
    if (count < BATCH) return moved;
  }
}

async function relayBatch(client: PoolClient, queues: QueueBackend): Promise<number> {
  // Jobs of a newer release wait for one of its workers.
  const { rows } = await client.query<OutboxRow>({
    name: 'outbox-take',
    text: `select o.id, o.name, o.payload, o.options from outbox_jobs o
      join unnest($1::text[], $2::int[]) as known (name, version) on known.name = o.name
      where coalesce((o.payload ->> 'version')::int, 1) <= known.version
      order by o.priority, o.id limit ${BATCH} for update of o skip locked`,
    values: [Object.keys(JOBS), Object.values(JOBS).map(({ version }) => version)],
  });
  if (rows.length === 0) return 0;
  const byKind = new Map<WorkerKind, NewJob[]>();
  for (const { name, payload, options: given } of rows) {
    const { traceparent, ...options } = given;
    const jobs = byKind.get(JOBS[name].kind) ?? [];
    jobs.push({ name, data: withTraceparent(payload, traceparent), options });
    byKind.set(JOBS[name].kind, jobs);
  }
  await Promise.all([...byKind].map(([kind, jobs]) => queues.add(kind, jobs)));
  await client.query({
    name: 'outbox-drop',
    text: 'delete from outbox_jobs where id = any($1::bigint[])',
    values: [rows.map(({ id }) => id)],
  });
  return rows.length;
}

async function inTransaction<Result>(run: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool().connect();
  try {
    await client.query('begin');
    const result = await run(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}
