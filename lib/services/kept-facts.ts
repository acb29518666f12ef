import { query } from '@/lib/db/client';
import { EXTRACTOR_VERSION } from '@/lib/facts/blob-facts';
import type { Rule } from '@/lib/magics/define';
import { FACT_NAMES } from '@/lib/magics/fact-names';
import type { FactName, Facts } from '@/lib/magics/facts';
import type { Policy } from '@/lib/magics/policy';
import type { FactsKind, PackedMap } from './audit-maps';
import { MAX_UNPACKED_BYTES, packText, unpackJson } from './packed-json';

/** Characters of JSON; smaller tables share a row. */
const LARGE_TABLE = 32 * 1024;

/** The row without which there is nothing. */
interface KeptBase extends Pick<Facts, 'commit' | 'now' | 'totals' | 'missing'> {
  extractor: number;
  small: Partial<Facts>;
  /** Each in a row of its own. */
  large: FactName[];
  /** Too large to be kept. */
  leftOut: FactName[];
}

/** As the rows hold them: read in the thread that works with them. */
export interface KeptFacts {
  base: Uint8Array;
  tables: [FactName, Uint8Array][];
}

export interface ReadFacts {
  facts: Facts;
  /** Tables that are as the audit had them; the others are null and may not be asked. */
  known: ReadonlySet<FactName>;
}

/** The facts of an audit as rows, so that a few can be read without the others. */
export async function packFacts(facts: Facts): Promise<PackedMap[]> {
  const { commit, now, totals, missing } = facts;
  const base: KeptBase = {
    extractor: EXTRACTOR_VERSION,
    commit,
    now,
    totals,
    missing,
    small: {},
    large: [],
    leftOut: [],
  };
  const rows: PackedMap[] = [];
  for (const name of FACT_NAMES) {
    const text = JSON.stringify(facts[name]);
    if (Buffer.byteLength(text) > MAX_UNPACKED_BYTES) base.leftOut.push(name);
    else if (text.length > LARGE_TABLE) {
      base.large.push(name);
      rows.push({ kind: `facts:${name}`, data: await packText(text) });
    } else Object.assign(base.small, { [name]: facts[name] });
  }
  return [{ kind: 'facts', data: await packText(JSON.stringify(base)) }, ...rows];
}

/** What of an audit's facts is asked for; null when they are no longer there. */
export async function loadKeptFacts(auditId: string, names: ReadonlySet<FactName>): Promise<KeptFacts | null> {
  const kinds: FactsKind[] = ['facts', ...[...names].map((name) => `facts:${name}` as const)];
  const rows = await query<{ kind: FactsKind; data: Uint8Array }>`
    select kind, data from audit_maps where audit_id = ${auditId}::uuid and kind = any(${kinds}::text[])`;
  const base = rows.find(({ kind }) => kind === 'facts')?.data;
  if (!base) return null;
  const tables = rows.flatMap(({ kind, data }): KeptFacts['tables'] =>
    kind === 'facts' ? [] : [[kind.slice('facts:'.length) as FactName, data]],
  );
  return { base, tables };
}

/** null: an extractor read them that is no longer this one. */
export async function readKeptFacts({ base: packed, tables }: KeptFacts): Promise<ReadFacts | null> {
  const { extractor, commit, now, totals, missing, small } = await unpackJson<KeptBase>(packed);
  if (extractor !== EXTRACTOR_VERSION) return null;
  const none = Object.fromEntries(FACT_NAMES.map((name) => [name, null])) as Pick<Facts, FactName>;
  const facts: Facts = { ...none, ...small, commit, now, totals, missing };
  const known = new Set(Object.keys(small) as FactName[]);
  for (const [name, data] of tables) {
    Object.assign(facts, { [name]: await unpackJson(data) });
    known.add(name);
  }
  return { facts, known };
}

/** Facts without which it cannot be told what a repository says about any rule. */
const ALWAYS = ['files', 'repositorySettings', 'ignoreComments'] as const;
/** What totals and uses are made of, when paths are left out. */
const OF_A_PART = ['functions', 'tests'] as const;
const OF_USES = ['imports', 'manifests'] as const;

/** What has to be at hand to judge rules under a policy. `isIgnoring`: the repository asks for paths to be left out. */
export function factsToJudge(rules: readonly Rule[], policy: Policy, isIgnoring: boolean): Set<FactName> {
  const names = new Set<FactName>([...ALWAYS, ...rules.flatMap(({ needs, uses }) => [...needs, ...uses])]);
  const isPart = isIgnoring || policy.ignorePaths.length > 0 || policy.pathRules.some(leavesOut);
  if (!isPart) return names;
  for (const name of OF_A_PART) names.add(name);
  if (names.has('mentions')) for (const name of OF_USES) names.add(name);
  return names;
}

function leavesOut({ isIgnored, rulesOff, magicsOff }: Policy['pathRules'][number]): boolean {
  return isIgnored || rulesOff.length > 0 || magicsOff.length > 0;
}
