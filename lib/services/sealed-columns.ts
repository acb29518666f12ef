import { randomUUID } from 'node:crypto';
import { asSystem } from '@/lib/auth/tenants';
import { pool } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { KeyRing } from '@/lib/secrets/key-ring';
import { keyIdOf, openSecret, type SecretPlace, sealSecret } from '@/lib/secrets/seal';
import { addEncryptionKey, isEncryptionKeyGiven, loadKeyRing } from './encryption-keys';

/** Every column that holds a sealed secret, and how its row names itself and its team. */
const SEALED_COLUMNS = {
  'connections.secret': { id: 'id', team: 'team_id' },
  'provider_apps.secrets': { id: 'id', team: 'team_id' },
  'project_webhooks.secret': { id: 'project_id', team: '(select team_id from projects p where p.id = project_id)' },
  'project_webhooks.previous_secret': {
    id: 'project_id',
    team: '(select team_id from projects p where p.id = project_id)',
  },
  'ssh_keys.private_key': { id: 'id', team: 'team_id' },
  'channels.address': { id: 'id', team: 'team_id' },
  'channels.secret': { id: 'id', team: 'team_id' },
  'channels.previous_secret': { id: 'id', team: 'team_id' },
  'channel_recipients.token': { id: 'id', team: 'team_id' },
} as const satisfies Record<`${string}.${string}`, { id: string; team: string }>;

export type SealedColumn = keyof typeof SEALED_COLUMNS;

interface SecretRow {
  teamId: string;
  /** Value of the column that names the row; see `newRowId`. */
  rowId: string;
}

/** An id for a row that is to be made: a secret is sealed for the row it will lie in. */
export function newRowId(): string {
  return randomUUID();
}

export async function seal(column: SealedColumn, row: SecretRow, text: string): Promise<string> {
  return sealSecret(await loadKeyRing(), placeOf(column, row), text);
}

export async function unseal(column: SealedColumn, row: SecretRow, sealed: string): Promise<string> {
  return openSecret(await loadKeyRing(), placeOf(column, row), sealed);
}

/** Refuses to run with other keys than those that sealed what the database holds: nothing would open. */
export async function checkEncryptionKeys(): Promise<void> {
  const ring = await loadKeyRing();
  for (const keyId of await findLostKeyIds(ring)) {
    throw new AppError(
      'invalid_settings',
      `Secrets in the database are sealed with the encryption key ${keyId}, which is not here: give it in ENCRYPTION_KEY, or in ENCRYPTION_KEY_PREVIOUS beside a newer one.`,
      { details: { keyId } },
    );
  }
}

/** Of the keys that secrets in the database are sealed with, those that are not among these. */
export async function findLostKeyIds(ring: Pick<KeyRing, 'find'>): Promise<string[]> {
  const ids = await asSystem(listKeyIds);
  return ids.filter((id) => !ring.find(id));
}

/** Opens one secret of each column and forgets it. Gives their number; throws as `openSecret` does. */
export async function openOneOfEach(ring: KeyRing): Promise<number> {
  return asSystem(async () => {
    let count = 0;
    for (const column of Object.keys(SEALED_COLUMNS) as SealedColumn[]) {
      const { table, name, id, team } = partsOf(column);
      const { rows } = await pool().query<SecretRow & { sealed: string }>(
        `select ${id}::text as "rowId", ${team}::text as "teamId", ${name} as sealed from ${table}
         where ${name} is not null limit 1`,
      );
      for (const row of rows) openSecret(ring, placeOf(column, row), row.sealed);
      count += rows.length;
    }
    return count;
  });
}

/**
 * Seals every secret anew with the newest key: one made now in the data directory, or the one of `ENCRYPTION_KEY`. May run
 * beside the product, and again after it was cut short.
 */
export async function rotateEncryptionKey(): Promise<{ keyId: string; sealedAnew: number }> {
  if (!isEncryptionKeyGiven()) {
    // The key of last time goes only now: a process may have sealed with it while it was replaced.
    await addEncryptionKey(new Set(await asSystem(listKeyIds)));
  }
  const ring = await loadKeyRing();
  const sealedAnew = await asSystem(async () => {
    let count = 0;
    for (const column of Object.keys(SEALED_COLUMNS) as SealedColumn[]) count += await sealAnew(column, ring);
    return count;
  });
  return { keyId: ring.current.id, sealedAnew };
}

async function sealAnew(column: SealedColumn, ring: KeyRing): Promise<number> {
  const { table, name, id, team } = partsOf(column);
  const { rows } = await pool().query<SecretRow & { sealed: string }>(
    `select ${id}::text as "rowId", ${team}::text as "teamId", ${name} as sealed from ${table} where ${name} is not null`,
  );
  let count = 0;
  for (const row of rows) {
    if (keyIdOf(row.sealed) === ring.current.id) continue;
    const place = placeOf(column, row);
    const anew = sealSecret(ring, place, openSecret(ring, place, row.sealed));
    // Whoever changed it meanwhile sealed it with the newest key.
    const update = `update ${table} set ${name} = $1 where ${id}::text = $2 and ${name} = $3`;
    const { rowCount } = await pool().query(update, [anew, row.rowId, row.sealed]);
    count += rowCount ?? 0;
  }
  return count;
}

async function listKeyIds(): Promise<string[]> {
  const ids = new Set<string>();
  for (const column of Object.keys(SEALED_COLUMNS) as SealedColumn[]) {
    const { table, name } = partsOf(column);
    const { rows } = await pool().query<{ keyId: string }>(
      `select distinct split_part(${name}, '.', 2) as "keyId" from ${table} where ${name} is not null`,
    );
    for (const { keyId } of rows) ids.add(keyId);
  }
  return [...ids].sort();
}

function placeOf(column: SealedColumn, row: SecretRow): SecretPlace {
  const { table, name } = partsOf(column);
  return { ...row, table, column: name };
}

function partsOf(column: SealedColumn): { table: string; name: string; id: string; team: string } {
  const [table = '', name = ''] = column.split('.');
  return { table, name, ...SEALED_COLUMNS[column] };
}
