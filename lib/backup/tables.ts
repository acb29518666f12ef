import pg from 'pg';

/** A table whose rows are backed up. */
export interface TableShape {
  name: string;
  /** Those that hold something of their own, in order; what is computed is left out. */
  columns: string[];
}

/** What these hold is true only of the processes that run now, or is written by migrating. */
const LEFT_OUT = ['_prisma_migrations', 'worker_processes', 'socket_io_attachments', 'provider_paces'];

/** Of the text format: the same on every server, and nothing is rounded. */
const FORMAT_SETTINGS = [
  "SET LOCAL client_encoding = 'UTF8'",
  "SET LOCAL datestyle = 'ISO, YMD'",
  "SET LOCAL intervalstyle = 'postgres'",
  "SET LOCAL timezone = 'UTC'",
  "SET LOCAL bytea_output = 'hex'",
  'SET LOCAL extra_float_digits = 3',
  'SET LOCAL statement_timeout = 0',
  'SET LOCAL idle_in_transaction_session_timeout = 0',
  // What the product does by itself sees the rows of all teams.
  "SET LOCAL elder.team_ids = '*'",
];

export async function settleFormat(client: pg.ClientBase): Promise<void> {
  for (const setting of FORMAT_SETTINGS) await client.query(setting);
}

/** By name. */
export async function listTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)
     GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [LEFT_OUT],
  );
  return rows;
}

export interface SequenceState {
  sequence: string;
  value: string;
  isCalled: boolean;
}

export async function listSequences(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname`,
  );
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${publicName(name)}`,
    );
    if (state[0]) states.push({ sequence: name, ...state[0] });
  }
  return states;
}

export function copyOut({ name, columns }: TableShape): string {
  return `COPY (SELECT ${namesOf(columns)} FROM ${publicName(name)}) TO STDOUT`;
}

export function copyIn({ name, columns }: TableShape): string {
  return `COPY ${publicName(name)} (${namesOf(columns)}) FROM STDIN`;
}

export function publicName(name: string): string {
  return `public.${pg.escapeIdentifier(name)}`;
}

function namesOf(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}
