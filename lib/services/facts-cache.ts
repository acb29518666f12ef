import { pool } from '@/lib/db/client';
import type { FactsCache } from '@/lib/facts/cache/facts-cache';
import { compareText } from '@/lib/magics/hash';

/** Part of each key: raised when rows are written in another form. */
const FORMAT = 3;
const MAX_STATEMENT_BYTES = 4 * 1024 ** 2;
/** Rows of one answer, which is held whole. */
const READ_ROWS = 200;

const TABLES = { blobs: 'blob_facts', commits: 'commit_facts' } as const;
type Table = (typeof TABLES)[keyof typeof TABLES];

interface PackedRow {
  key: string;
  data: Uint8Array;
}

/**
 * Facts shared by all workers and by the projects of one team: how many files were new to an audit would tell another team
 * that somebody holds the same ones. Reads and writes belong to no transaction.
 */
export function createPostgresCache(teamId: string): FactsCache {
  const rowKey = (key: string) => `${teamId}:${key}:${FORMAT}`;
  const callerKey = (key: string) => key.slice(teamId.length + 1, key.lastIndexOf(':'));
  const names = { rowKey, callerKey };
  return {
    hasBlobs: (keys) => has(TABLES.blobs, keys, names),
    getBlobs: (keys) => read(TABLES.blobs, keys, names),
    putBlobs: (entries) => write(TABLES.blobs, entries, names),
    getCommits: (keys) => read(TABLES.commits, keys, names),
    putCommits: (entries) => write(TABLES.commits, entries, names),
  };
}

/** Between the key of who asks and that of the row. */
interface KeyNames {
  rowKey: (key: string) => string;
  callerKey: (key: string) => string;
}

/** Facts no audit has asked for since so long are read anew when one does. */
const KEPT_DAYS = 60;
const FORGOTTEN_AT_ONCE = 2_000;

/** Deletes what nobody has asked for in a long time: commits beside newer ones, files of older extractors. */
export async function forgetUnusedFacts(signal?: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (const table of Object.values(TABLES)) {
    while (!signal?.aborted) {
      const { rowCount } = await pool().query(
        `delete from ${table} where key in (
          select key from ${table} where used_on < current_date - $1::int limit $2 for update skip locked)`,
        [KEPT_DAYS, FORGOTTEN_AT_ONCE],
      );
      forgotten += rowCount ?? 0;
      if ((rowCount ?? 0) < FORGOTTEN_AT_ONCE) break;
    }
  }
  return forgotten;
}

async function has(table: Table, keys: readonly string[], { rowKey, callerKey }: KeyNames): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await pool().query<{ key: string }>({
    name: `has-${table}`,
    text: `select key from ${table} where key = any($1::text[])`,
    values: [keys.map(rowKey)],
  });
  return new Set(rows.map(({ key }) => callerKey(key)));
}

async function read(
  table: Table,
  keys: readonly string[],
  { rowKey, callerKey }: KeyNames,
): Promise<Map<string, Uint8Array>> {
  const values = new Map<string, Uint8Array>();
  for (let start = 0; start < keys.length; start += READ_ROWS) {
    const { rows } = await pool().query<PackedRow>({
      name: `get-${table}`,
      text: `with used as (
        select key from ${table} where key = any($1::text[]) and used_on < current_date for update skip locked),
      marked as (update ${table} set used_on = current_date from used where ${table}.key = used.key)
      select key, data from ${table} where key = any($1::text[])`,
      values: [keys.slice(start, start + READ_ROWS).map(rowKey)],
    });
    for (const { key, data } of rows) values.set(callerKey(key), data);
  }
  return values;
}

async function write(table: Table, entries: ReadonlyMap<string, Uint8Array>, { rowKey }: KeyNames): Promise<void> {
  // Sorted: two workers that write the same rows in two orders would lock each other out.
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  let rows: PackedRow[] = [];
  let bytes = 0;
  for (const [key, data] of sorted) {
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
