import { randomUUID } from 'node:crypto';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { WORKER_KINDS } from '@/lib/env';
import { listAppliedMigrations, MIGRATION_LOCK } from '@/lib/migration-history';
import { type Migration, pendingMigrations } from './history';

export const QUEUE_SCHEMA = 'bullmq';

const CREATE_HISTORY = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                  varchar(36)  NOT NULL PRIMARY KEY,
    "checksum"            varchar(64)  NOT NULL,
    "finished_at"         timestamptz,
    "migration_name"      varchar(255) NOT NULL,
    "logs"                text,
    "rolled_back_at"      timestamptz,
    "started_at"          timestamptz  NOT NULL DEFAULT now(),
    "applied_steps_count" integer      NOT NULL DEFAULT 0
  )`;

const ADD_TO_HISTORY = `
  INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`;

/** Brings the database up to date and returns the names applied. Each migration happens as a whole or not at all. */
export async function applyMigrations(databaseUrl: string, known: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'elder-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(CREATE_HISTORY);
    const pending = pendingMigrations(known, await listAppliedMigrations(client));
    for (const migration of pending) await applyOne(client, migration);
    await runMigrations(client, QUEUE_SCHEMA);
    await makeQueueSequences(client);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The queue would make those of its ids at the first job, which takes a role that may create what it owns. */
async function makeQueueSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT ${QUEUE_SCHEMA}.job_id_seq_name(kind) AS name FROM unnest($1::text[]) kind`,
    [WORKER_KINDS],
  );
  for (const { name } of rows) {
    await client.query(`CREATE SEQUENCE IF NOT EXISTS ${QUEUE_SCHEMA}.${pg.escapeIdentifier(name)}`);
  }
}

async function applyOne(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(ADD_TO_HISTORY, [randomUUID(), checksum, name]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed and was undone`, { cause: error });
  }
}
