import { randomUUID } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { FACT_NAMES } from '@/lib/magics/fact-names';
import type { FactName, Facts } from '@/lib/magics/facts';
import { type KnownObject, putKnown } from '@/lib/objects/known-object';
import { openObjectStore } from '@/lib/objects/open-store';
import { folderOf } from './audit-objects';
import { readStored } from './audit-packs';
import type { AuditRun } from './audit-run';

/** Rows of one line. */
const ROWS_AT_ONCE = 1_000;
const NEWLINE = 10;

type Base = Pick<Facts, 'commit' | 'now' | 'totals' | 'missing'>;
/** The first line; those behind it hold a table, or a part of one. */
type Line = { name: FactName; rows: unknown[] } | { name: FactName; value: unknown };

/** Keeps the facts of an audit in the store that all workers share, for judges that read no Git: JSON, a line at a time. */
export async function putFacts(
  run: Pick<AuditRun, 'teamId' | 'auditId' | 'attempt'>,
  facts: Facts,
  signal: AbortSignal,
): Promise<KnownObject> {
  using store = await openObjectStore(env());
  return putKnown(store, `${folderOf(run)}${randomUUID()}/facts`, linesOf(facts), { signal });
}

/** Throws `pack_missing` or `pack_damaged`. */
export function readFactsObject(object: KnownObject): Promise<Facts> {
  return readStored(object, async (content) => {
    const none = Object.fromEntries(FACT_NAMES.map((name) => [name, null])) as Pick<Facts, FactName>;
    let base: Base | null = null;
    for await (const text of textLines(content)) {
      if (base === null) {
        base = parse<Base>(text);
        continue;
      }
      const line = parse<Line>(text);
      if (!('rows' in line)) Object.assign(none, { [line.name]: line.value });
      else {
        const rows = (none[line.name] as unknown[] | null) ?? [];
        for (const row of line.rows) rows.push(row);
        Object.assign(none, { [line.name]: rows });
      }
    }
    if (base === null) throw new AppError('pack_damaged', 'the facts are empty');
    return { ...none, ...base };
  });
}

function parse<Value>(line: string): Value {
  try {
    return JSON.parse(line) as Value;
  } catch (cause) {
    throw new AppError('pack_damaged', 'a line of the facts is no JSON', { cause });
  }
}

async function* linesOf(facts: Facts): AsyncGenerator<Buffer> {
  const { commit, now, totals, missing } = facts;
  yield lineOf({ commit, now, totals, missing } satisfies Base);
  for (const name of FACT_NAMES) {
    const value: unknown = facts[name];
    if (value === null) continue;
    if (!Array.isArray(value)) yield lineOf({ name, value } satisfies Line);
    else if (value.length === 0) yield lineOf({ name, rows: [] } satisfies Line);
    else {
      for (let start = 0; start < value.length; start += ROWS_AT_ONCE) {
        yield lineOf({ name, rows: value.slice(start, start + ROWS_AT_ONCE) } satisfies Line);
      }
    }
  }
}

function lineOf(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

async function* textLines(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = [];
  for await (const chunk of content) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...held, chunk.subarray(start, end)]).toString('utf8');
      held = [];
      start = end + 1;
    }
    if (start < chunk.length) held.push(chunk.subarray(start));
  }
}
