import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { MIGRATION_LOCK } from '@/lib/migration-history';
import type { ArchiveRecord, ArchiveTail } from './archive-records';
import { backupError } from './backup-problem';
import { objectBody } from './objects';
import { digestTable } from './read-database';
import { copyIn, listTables, publicName, settleFormat, type TableShape } from './tables';

/** Rows that a product which was only started leaves behind. */
const OF_A_START = [
  'instance',
  'setup_links',
  'outbox_jobs',
  'queue_depths',
  'queue_samples',
  'load_forecasts',
  'evidence_keys',
];
const LOCK_TIMEOUT = '10s';
/** A worker that reported so lately is alive; it does so every 1.5 seconds. */
const ALIVE_SECONDS = 10;

export interface LoadOptions {
  /** Owns the tables, which are of the migration the archive is of. */
  ownerUrl: string;
  /** What follows the head of the archive. */
  records: AsyncIterable<ArchiveRecord>;
  /** Of the archive, for what is told. */
  name: string;
  /** Reads all of the body. Rows are kept only after all objects were taken. */
  onObject: (key: string, body: AsyncIterable<Uint8Array>) => Promise<void>;
  /** The last that may fail before rows are kept; what it does must be undone when this throws. */
  onLoaded: () => Promise<void>;
}

/**
 * Puts the rows of an archive into an empty database, all or none of them, and reads them again before it keeps them. Throws
 * with the problem `not_empty`, `in_use`, `damaged` or `not_as_written`.
 */
export async function loadDatabase(options: LoadOptions): Promise<ArchiveTail> {
  const { ownerUrl, name, onLoaded } = options;
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'elder-restore', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('BEGIN');
    await settleFormat(client);
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    const tables = await listTables(client);
    await lockTables(client, tables);
    // Only now: what others had begun to write is kept or gone, and nobody begins anew.
    await assertUnused(client);
    await assertEmpty(client, tables);
    const putBack = await loosen(client, tables);
    const { ends, tail } = await load(client, { ...options, tables });
    for (const statement of putBack.constraints) await client.query(statement);
    for (const table of tables) await assertSame(client, table, ends.get(table.name), name);
    for (const statement of putBack.guards) await client.query(statement);
    await onLoaded();
    await client.query('COMMIT');
    // Plans made for empty tables would be used for hours. Rows are kept by now: nothing that fails may be taken for them.
    await client.query('ANALYZE').catch(() => undefined);
    return tail;
  } finally {
    // Ends the transaction too, which keeps nothing unless all was kept.
    await client.end();
  }
}

/** Whether the database holds nothing that anybody would miss, and nobody works on it. For whoever asks before it migrates. */
export async function assertEmptyDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'elder-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    await settleFormat(client);
    await assertUnused(client);
    await assertEmpty(client, await listTables(client));
  } finally {
    await client.end();
  }
}

/** A web process does not report itself as a worker does, but its sessions have a name. */
async function assertUnused(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = ANY ($1) LIMIT 1`,
    [Object.values(PRODUCT_SESSIONS)],
  );
  if (rowCount) throw backupError('in_use', client.database ?? '');
}

async function lockTables(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  const all = tables.map(({ name }) => publicName(name)).join(', ');
  await client.query(`LOCK TABLE ${all} IN ACCESS EXCLUSIVE MODE`);
}

async function assertEmpty(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  if (tables.length === 0) return;
  // Who works on it may be what fills it, and can be ended.
  const { rowCount: alive } = await client.query(
    `SELECT FROM worker_processes WHERE last_seen_at > now() - $1 * interval '1 second' LIMIT 1`,
    [ALIVE_SECONDS],
  );
  if (alive) throw backupError('in_use', client.database ?? '');
  const full: string[] = [];
  for (const { name } of tables) {
    if (OF_A_START.includes(name)) continue;
    const { rowCount } = await client.query(`SELECT FROM ${publicName(name)} LIMIT 1`);
    if (rowCount) full.push(name);
  }
  if (full.length > 0) throw backupError('not_empty', full.slice(0, 3).join(', '));
}

interface Guards {
  /** Foreign keys: checked at once when all rows are there, in whatever order they came. */
  constraints: string[];
  /** Triggers and policies that the owner is under as well. */
  guards: string[];
}

/** Takes away, inside the transaction that locked the tables, what keeps rows from being written as they were. Gives what puts it back. */
async function loosen(client: pg.Client, tables: readonly TableShape[]): Promise<Guards> {
  const names = tables.map(({ name }) => name);
  const all = names.map(publicName).join(', ');
  const { rows: foreign } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT r.relname AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS definition
     FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
     WHERE c.contype = 'f' AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY ($1)`,
    [names],
  );
  const { rows: triggers } = await client.query<{ table: string; name: string }>(
    `SELECT r.relname AS table, t.tgname AS name FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND r.relnamespace = 'public'::regnamespace AND r.relname = ANY ($1)`,
    [names],
  );
  const { rows: forced } = await client.query<{ table: string }>(
    `SELECT relname AS table FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity AND relname = ANY ($1)`,
    [names],
  );
  const alter = (table: string, what: string) => `ALTER TABLE ${publicName(table)} ${what}`;
  for (const { table, name } of foreign) {
    await client.query(alter(table, `DROP CONSTRAINT ${pg.escapeIdentifier(name)}`));
  }
  for (const { table, name } of triggers) {
    await client.query(alter(table, `DISABLE TRIGGER ${pg.escapeIdentifier(name)}`));
  }
  for (const { table } of forced) await client.query(alter(table, 'NO FORCE ROW LEVEL SECURITY'));
  await client.query(`TRUNCATE ${all}`);
  return {
    constraints: foreign.map(({ table, name, definition }) =>
      alter(table, `ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`),
    ),
    guards: [
      ...triggers.map(({ table, name }) => alter(table, `ENABLE TRIGGER ${pg.escapeIdentifier(name)}`)),
      ...forced.map(({ table }) => alter(table, 'FORCE ROW LEVEL SECURITY')),
    ],
  };
}

type TableEnd = { rows: number; digest: string };

async function load(
  client: pg.Client,
  { tables, records, name, onObject }: Pick<LoadOptions, 'records' | 'name' | 'onObject'> & { tables: TableShape[] },
): Promise<{ ends: Map<string, TableEnd>; tail: ArchiveTail }> {
  const shapes = new Map(tables.map((table) => [table.name, table]));
  const ends = new Map<string, TableEnd>();
  let objects = 0;
  let tail: ArchiveTail | undefined;
  const reading = records[Symbol.asyncIterator]();
  try {
    for (let next = await reading.next(); !next.done; next = await reading.next()) {
      const record = next.value;
      if (record.kind === 'table') {
        const { table, columns } = record.value;
        if (ends.has(table) || shapes.get(table)?.columns.join() !== columns.join()) throw backupError('damaged', name);
        ends.set(table, await copyRows(client, { name: table, columns }, reading, name));
      } else if (record.kind === 'sequence') {
        const { sequence, value, isCalled } = record.value;
        await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [publicName(sequence), value, isCalled]);
      } else if (record.kind === 'object') {
        objects += 1;
        await onObject(record.value.key, objectBody(reading, name));
      } else if (record.kind === 'tail') {
        tail = record.value;
      } else throw backupError('damaged', name);
    }
  } finally {
    await reading.return?.(undefined);
  }
  const rows = [...ends.values()].reduce((sum, end) => sum + end.rows, 0);
  if (!tail || ends.size !== tables.length) throw backupError('damaged', name);
  if (tail.tables !== ends.size || tail.rows !== rows || tail.objects !== objects) throw backupError('damaged', name);
  return { ends, tail };
}

async function copyRows(
  client: pg.Client,
  table: TableShape,
  reading: AsyncIterator<ArchiveRecord>,
  name: string,
): Promise<TableEnd> {
  let end: TableEnd | undefined;
  async function* rows() {
    for (;;) {
      const { value: record, done } = await reading.next();
      if (done || (record.kind !== 'data' && record.kind !== 'tableEnd')) throw backupError('damaged', name);
      if (record.kind === 'tableEnd') {
        end = record.value;
        return;
      }
      yield record.bytes;
    }
  }
  await pipeline(rows(), client.query(copyFrom(copyIn(table))));
  if (!end) throw backupError('damaged', name);
  return end;
}

async function assertSame(client: pg.Client, table: TableShape, end: TableEnd | undefined, name: string) {
  const found = await digestTable(client, table);
  if (found.rows !== end?.rows || found.digest !== end.digest) {
    throw backupError('not_as_written', `${name}, ${table.name}`);
  }
}
