import path from 'node:path';
import type { InstanceKeys } from '@/lib/backup/keys';
import { pool, query } from '@/lib/db/client';
import { findSeparation } from '@/lib/db/separation';
import type { Env } from '@/lib/env';
import { listAppliedMigrations } from '@/lib/migration-history';
import { KEY_FILES } from '@/lib/secrets/key-files';
import { type KeyRing, keyRingOf, readEncryptionKey } from '@/lib/secrets/key-ring';
import { listOwnerChoices } from '@/lib/services/instance-owner';
import { findLostKeyIds, openOneOfEach } from '@/lib/services/sealed-columns';
import { readMigrations } from '@/scripts/migrations/history';
import { countConnections } from '@/scripts/postgres/connections';
import { type CheckId, type Finding, failed, notChecked, ok, warning } from './finding';

const LEAST_POSTGRES = 140_000;
const MOST_SECONDS_APART = 5;

/** All that is asked of the database `query` speaks to. */
export const DATABASE_CHECKS: readonly CheckId[] = [
  'version',
  'migrations',
  'role',
  'row_security',
  'connections',
  'clock',
  'owner',
  'keys',
  'secrets',
];

export async function checkDatabase(env: Env, keys: InstanceKeys): Promise<Finding[]> {
  const migrations = await checkMigrations();
  const isReady = migrations.status === 'ok';
  const later = (check: CheckId, run: () => Promise<Finding>) =>
    isReady ? run() : Promise.resolve(notChecked(check, migrations.says, migrations.values));
  return [
    await checkVersion(),
    migrations,
    await later('role', checkRole),
    await later('row_security', checkRowSecurity),
    await checkConnections(env),
    await checkClock(),
    await later('owner', checkOwner),
    await later('keys', () => checkKeys(keys)),
    await later('secrets', () => checkSecrets(keys)),
  ];
}

async function checkVersion(): Promise<Finding> {
  const [row] = await query<{ number: number; version: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
  const { number = 0, version = '' } = row ?? {};
  return number >= LEAST_POSTGRES ? ok('version', version) : failed('version', 'postgres_old', { version });
}

async function checkMigrations(): Promise<Finding> {
  const known = readMigrations(path.resolve('prisma/migrations')).map(({ name }) => name);
  const history = await listAppliedMigrations(pool());
  const applied = history.filter(({ isFinished }) => isFinished).map(({ name }) => name);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0) return failed('migrations', 'newer', { names: newer.join(', ') });
  const pending = known.filter((name) => !applied.includes(name));
  if (pending.length > 0) return warning('migrations', 'pending', { names: shortened(pending) });
  return ok('migrations', applied.at(-1) ?? '');
}

function shortened(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')}, … (${names.length})` : names.join(', ');
}

async function checkRole(): Promise<Finding> {
  const separation = await findSeparation();
  if (separation === 'login') return ok('role');
  return separation === 'role' ? warning('role', 'may_own') : warning('role', 'owns');
}

/** Tables with a policy that their owner would not be held by. */
async function checkRowSecurity(): Promise<Finding> {
  const rows = await query<{ name: string; isForced: boolean }>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isForced" from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_policy p where p.polrelid = c.oid) order by 1`;
  const loose = rows.filter(({ isForced }) => !isForced).map(({ name }) => name);
  if (loose.length > 0) return failed('row_security', 'not_forced', { tables: shortened(loose) });
  return ok('row_security', rows.length);
}

async function checkConnections({ REDIS_URL }: Env): Promise<Finding> {
  const { offered, web, worker } = await countConnections(REDIS_URL !== undefined);
  const needed = web + worker;
  return offered >= needed
    ? ok('connections', `${needed} / ${offered}`)
    : warning('connections', 'few_connections', { offered, needed });
}

/** The way there and back is taken off: it belongs to neither clock. */
async function checkClock(): Promise<Finding> {
  const before = Date.now();
  const [row] = await query<{ now: Date }>`select clock_timestamp() as now`;
  const middle = (before + Date.now()) / 2;
  const seconds = Math.abs((row?.now.getTime() ?? middle) - middle) / 1000;
  return seconds <= MOST_SECONDS_APART
    ? ok('clock', `${seconds.toFixed(1)} s`)
    : failed('clock', 'clock_off', { seconds: Math.round(seconds) });
}

/** An upgrade leaves it open where there were several teams. */
async function checkOwner(): Promise<Finding> {
  const teams = await listOwnerChoices();
  const owner = teams.find(({ isOwner }) => isOwner);
  if (owner) return ok('owner', owner.teamName);
  return teams.length === 0 ? ok('owner') : warning('owner', 'no_owner');
}

/** Keys are made when first needed. Those that sealed secrets are looked at by `checkSecrets`. */
async function checkKeys(keys: InstanceKeys): Promise<Finding> {
  const missing = Object.entries(KEY_FILES).flatMap(([name, file]) => (name in keys ? [] : [file]));
  if (missing.length === 0) return ok('keys');
  const names = missing.join(', ');
  const [row] = await query<{ hasSigned: boolean }>`select exists (select from evidence_keys) as "hasSigned"`;
  return row?.hasSigned && !('evidence' in keys)
    ? failed('keys', 'keys_missing', { names })
    : warning('keys', 'keys_made', { names });
}

async function checkSecrets(keys: InstanceKeys): Promise<Finding> {
  const ring = ringOf(keys);
  const lost = await findLostKeyIds(ring ?? { find: () => null });
  if (lost.length > 0) {
    return failed('secrets', 'secrets_lost', { count: lost.length, ids: lost.join(', '), file: KEY_FILES.encryption });
  }
  if (!ring) return ok('secrets', 0);
  try {
    return ok('secrets', await openOneOfEach(ring));
  } catch (error) {
    return failed('secrets', 'no_answer', { what: error instanceof Error ? error.message : String(error) });
  }
}

/** Null where there is no key, or what is there is none. */
function ringOf({ encryption }: InstanceKeys): KeyRing | null {
  if (encryption === undefined) return null;
  try {
    const { keys } = JSON.parse(encryption) as { keys: string[] };
    const [current, ...previous] = keys.map(readEncryptionKey).filter((key) => key !== null);
    return current ? keyRingOf(current, previous) : null;
  } catch {
    return null;
  }
}
