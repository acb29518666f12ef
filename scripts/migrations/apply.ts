import { randomUUID } from 'node:crypto';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { type AppliedMigration, type Migration, pendingMigrations } from './history';

/** The key Prisma's own tools take, so that neither runs beside the other. */
const ADVISORY_LOCK = 72_707_369;
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

const READ_HISTORY = `
  SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "isFinished"
  FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`;

const ADD_TO_HISTORY = `
  INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`;

/** Brings the database up to date and returns the names applied. Each migration happens as a whole or not at all. */
export async function applyMigrations(databaseUrl: string, known: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'elder-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(CREATE_HISTORY);
    const { rows } = await client.query<AppliedMigration>(READ_HISTORY);
    const pending = pendingMigrations(known, rows);
    for (const migration of pending) await applyOne(client, migration);
    await runMigrations(client, QUEUE_SCHEMA);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
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
