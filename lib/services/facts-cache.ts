import { pool } from '@/lib/db/client';
import type { FactsCache } from '@/lib/facts/cache/facts-cache';
import type { CommitRecord } from '@/lib/facts/history/commit-record';
import { packJson, unpackJson } from '@/lib/facts/packed-blob';
import { compareText } from '@/lib/magics/hash';

/** Part of each key: raised when rows are written in another form. */
const FORMAT = 2;
const MAX_STATEMENT_BYTES = 4 * 1024 ** 2;
/** Rows of one answer, which is held whole. */
const READ_ROWS = { blob_facts: 200, commit_facts: 2_000 } as const;

const TABLES = { blobs: 'blob_facts', commits: 'commit_facts' } as const;
type Table = (typeof TABLES)[keyof typeof TABLES];

interface PackedRow {
  key: string;
  data: Uint8Array;
}

/** Facts shared by all workers, teams and projects. Reads and writes belong to no transaction. */
export function createPostgresCache(): FactsCache {
  return {
    hasBlobs: (keys) => has(TABLES.blobs, keys),
    getBlobs: (keys) => read(TABLES.blobs, keys, (data) => data),
    putBlobs: (entries) => write(TABLES.blobs, entries, (data) => data),
    getCommits: (keys) => read<CommitRecord>(TABLES.commits, keys, unpackJson),
    putCommits: (entries) => write(TABLES.commits, entries, packJson),
  };
}

async function has(table: Table, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await pool().query<{ key: string }>({
    name: `has-${table}`,
    text: `select key from ${table} where key = any($1::text[])`,
    values: [keys.map(rowKey)],
  });
  return new Set(rows.map(({ key }) => callerKey(key)));
}

async function read<Value>(
  table: Table,
  keys: readonly string[],
  unpack: (data: Uint8Array) => Value,
): Promise<Map<string, Value>> {
  const values = new Map<string, Value>();
  for (let start = 0; start < keys.length; start += READ_ROWS[table]) {
    const { rows } = await pool().query<PackedRow>({
      name: `get-${table}`,
      text: `select key, data from ${table} where key = any($1::text[])`,
      values: [keys.slice(start, start + READ_ROWS[table]).map(rowKey)],
    });
    for (const { key, data } of rows) values.set(callerKey(key), unpack(data));
  }
  return values;
}

async function write<Value>(
  table: Table,
  entries: ReadonlyMap<string, Value>,
  pack: (value: Value) => Uint8Array,
): Promise<void> {
  // Sorted: two workers that write the same rows in two orders would lock each other out.
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  let rows: PackedRow[] = [];
  let bytes = 0;
  for (const [key, value] of sorted) {
    const data = pack(value);
    if (rows.length > 0 && bytes + data.length > MAX_STATEMENT_BYTES) {
      await insert(table, rows);
      rows = [];
      bytes = 0;
    }
    rows.push({ key: rowKey(key), data });
    bytes += data.length;
  }
  if (rows.length > 0) await insert(table, rows);
}

/** One statement for all rows: their bytes side by side, cut apart by the database. */
async function insert(table: Table, rows: readonly PackedRow[]): Promise<void> {
  const lengths = rows.map(({ data }) => data.length);
  let start = 1;
  const starts = lengths.map((length) => {
    const own = start;
    start += length;
    return own;
  });
  await pool().query({
    name: `put-${table}`,
    text: `insert into ${table} (key, data)
      select key, substring($2::bytea from start for length)
      from unnest($1::text[], $3::int[], $4::int[]) as row (key, start, length)
      on conflict do nothing`,
    values: [rows.map(({ key }) => key), Buffer.concat(rows.map(({ data }) => data)), starts, lengths],
  });
}

function rowKey(key: string): string {
  return `${key}:${FORMAT}`;
}

function callerKey(key: string): string {
  return key.slice(0, key.lastIndexOf(':'));
}
