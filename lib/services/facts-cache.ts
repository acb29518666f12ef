import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { pool } from '@/lib/db/client';
import type { BlobFacts } from '@/lib/facts/blob-facts';
import type { FactsCache } from '@/lib/facts/cache/facts-cache';
import type { CommitRecord } from '@/lib/facts/history/commit-record';
import { compareText } from '@/lib/magics/hash';

const compress = promisify(deflateRaw);
const expand = promisify(inflateRaw);
const LEVEL = 1;
const MAX_STATEMENT_BYTES = 8 * 1024 ** 2;

const TABLES = { blobs: 'blob_facts', commits: 'commit_facts' } as const;
type Table = (typeof TABLES)[keyof typeof TABLES];

/** Facts shared by all workers, teams and projects. Reads and writes belong to no transaction. */
export function createPostgresCache(): FactsCache {
  return {
    hasBlobs: (keys) => has(TABLES.blobs, keys),
    getBlobs: (keys) => read<BlobFacts>(TABLES.blobs, keys),
    putBlobs: (entries) => write(TABLES.blobs, entries),
    getCommits: (keys) => read<CommitRecord>(TABLES.commits, keys),
    putCommits: (entries) => write(TABLES.commits, entries),
  };
}

async function has(table: Table, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await pool().query<{ key: string }>({
    name: `has-${table}`,
    text: `select key from ${table} where key = any($1::text[])`,
    values: [keys],
  });
  return new Set(rows.map((row) => row.key));
}

async function read<Value>(table: Table, keys: readonly string[]): Promise<Map<string, Value>> {
  if (keys.length === 0) return new Map();
  const { rows } = await pool().query<{ key: string; data: Buffer }>({
    name: `get-${table}`,
    text: `select key, data from ${table} where key = any($1::text[])`,
    values: [keys],
  });
  const values = await Promise.all(
    rows.map(async ({ data }) => JSON.parse((await expand(data)).toString('utf8')) as Value),
  );
  return new Map(rows.map(({ key }, index) => [key, values[index] as Value]));
}

async function write(table: Table, entries: ReadonlyMap<string, unknown>): Promise<void> {
  // Sorted: two workers that write the same rows in two orders would lock each other out.
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  const packed = await Promise.all(
    sorted.map(async ([key, value]) => ({ key, data: await compress(JSON.stringify(value), { level: LEVEL }) })),
  );
  for (const rows of byBytes(packed)) {
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
}

function* byBytes(rows: readonly { key: string; data: Buffer }[]): Generator<{ key: string; data: Buffer }[]> {
  let group: { key: string; data: Buffer }[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (group.length > 0 && bytes + row.data.length > MAX_STATEMENT_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(row);
    bytes += row.data.length;
  }
  if (group.length > 0) yield group;
}
