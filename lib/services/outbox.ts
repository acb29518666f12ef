import type { PoolClient } from 'pg';
import { pool } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import type { NewJob, QueueBackend } from '@/lib/queues/backend';
import { JOBS, type JobName } from '@/lib/queues/catalog';

const BATCH = 200;

interface OutboxRow {
  id: string;
  name: JobName;
  payload: unknown;
  options: NewJob['options'];
}

/**
 * Moves committed jobs to the queue; returns how many. Rows leave the outbox after the queue has them, so a crash in
 * between repeats them under the same id, which the queue or the job itself notices.
 */
export async function relayOutbox(queues: QueueBackend): Promise<number> {
  let moved = 0;
  for (;;) {
    const count = await inTransaction((client) => relayBatch(client, queues));
    moved += count;
    if (count < BATCH) return moved;
  }
}

async function relayBatch(client: PoolClient, queues: QueueBackend): Promise<number> {
  // Jobs of a newer release wait for one of its workers.
  const { rows } = await client.query<OutboxRow>({
    name: 'outbox-take',
    text: `select id, name, payload, options from outbox_jobs where name = any($1) order by id limit ${BATCH} for update skip locked`,
    values: [Object.keys(JOBS)],
  });
  if (rows.length === 0) return 0;
  const byKind = new Map<WorkerKind, NewJob[]>();
  for (const { name, payload, options } of rows) {
    const jobs = byKind.get(JOBS[name].kind) ?? [];
    jobs.push({ name, data: payload, options });
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
