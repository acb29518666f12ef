import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { listAppliedMigrations, MIGRATION_LOCK } from '@/lib/migration-history';
import { ARCHIVE_FORMAT, type ArchiveHead, type ArchiveRecord } from './archive-records';
import { backupError } from './backup-problem';
import { createRowDigest } from './row-digest';
import { copyOut, listSequences, listTables, settleFormat, type TableShape } from './tables';

/** One backup of a database at a time. */
const BACKUP_LOCK = 72_707_370;

export interface DatabaseSnapshot extends AsyncDisposable {
  head: ArchiveHead;
  /** All tables as they were at one moment, then the sequences. To be read once. */
  records: () => AsyncGenerator<ArchiveRecord>;
}

/** Holds one moment of a database until it is disposed. Throws with the problem `busy` or `rows_hidden`. */
export async function openSnapshot(databaseUrl: string, productVersion: string): Promise<DatabaseSnapshot> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'elder-backup', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Of the session, not of the transaction: its snapshot must be taken after they are held.
    await client.query('SET statement_timeout = 0');
    const { rows } = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_lock($1) AS "isOurs"', [
      BACKUP_LOCK,
    ]);
    if (!rows[0]?.isOurs) throw backupError('busy', client.database ?? '');
    await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await settleFormat(client);
    await assertAllVisible(client);
    const head = await readHead(client, productVersion);
    const tables = await listTables(client);
    return {
      head,
      records: () => readAll(client, tables),
      [Symbol.asyncDispose]: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function readHead(client: pg.Client, productVersion: string): Promise<ArchiveHead> {
  const migrations = (await listAppliedMigrations(client))
    .filter(({ isFinished }) => isFinished)
    .map(({ name, checksum }) => ({ name, checksum }));
  const { rows } = await client.query<{ lsn: string; madeAt: Date; serverVersion: string }>(
    `SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text AS lsn,
       now() AS "madeAt", current_setting('server_version') AS "serverVersion"`,
  );
  const { lsn = '', madeAt = new Date(), serverVersion = '' } = rows[0] ?? {};
  return { format: ARCHIVE_FORMAT, productVersion, migrations, madeAt: madeAt.toISOString(), lsn, serverVersion };
}

/** A policy that does not know who asks for everything would leave rows out without a word. */
async function assertAllVisible(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT c.relname AS table FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND row_security_active(c.oid)
       AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive)
         OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd IN ('r', '*')
           AND pg_get_expr(p.polqual, p.polrelid) LIKE '%elder_sees_all()%'))
     ORDER BY c.relname`,
  );
  if (rows.length > 0) throw backupError('rows_hidden', rows.map(({ table }) => table).join(', '));
}

async function* readAll(client: pg.Client, tables: readonly TableShape[]): AsyncGenerator<ArchiveRecord> {
  for (const table of tables) {
    yield { kind: 'table', value: { table: table.name, columns: table.columns } };
    const digest = createRowDigest();
    for await (const chunk of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) {
      digest.add(chunk);
      yield { kind: 'data', bytes: chunk };
    }
    yield { kind: 'tableEnd', value: digest.end() };
  }
  for (const value of await listSequences(client)) yield { kind: 'sequence', value };
}

/** What `readAll` would tell of a table now. */
export async function digestTable(client: pg.ClientBase, table: TableShape): Promise<{ rows: number; digest: string }> {
  const digest = createRowDigest();
  for await (const chunk of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) digest.add(chunk);
  return digest.end();
}
