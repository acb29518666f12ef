import type { ObjectStore } from '@/lib/objects/object-store';
import type { BackupSecret } from './archive-cipher';
import { type BackupManifest, backupKeys, type IgnoredBackup, isBackupName, listBackups } from './backup-list';
import { isProven } from './check-archive';
import { type BackupKeep, findSuperfluous } from './keep';
import type { BackupStores } from './open-stores';

/** What is not complete after so long never will be. */
const UNFINISHED_MS = 48 * 3_600_000;

export interface PruneOptions {
  stores: Pick<BackupStores, 'data' | 'keys'>;
  keep: BackupKeep;
  secret: BackupSecret;
  now?: Date;
}

export interface Pruned {
  /** Names. */
  deleted: string[];
  /** Neither kept in place of others nor deleted. */
  ignored: IgnoredBackup[];
}

/**
 * Deletes what need not be kept and what was never finished. Only backups that the key opens count: else a manifest that
 * anybody wrote would take the place of a backup, which would go.
 */
export async function pruneBackups({ stores, keep, secret, now = new Date() }: PruneOptions): Promise<Pruned> {
  const { backups, ignored } = await listBackups(stores.data, now);
  const proven: BackupManifest[] = [];
  for (const manifest of backups) {
    if (await isProven(manifest, stores.data, secret)) proven.push(manifest);
    else ignored.push({ name: manifest.name, why: 'unproven' });
  }
  const superfluous = findSuperfluous(
    proven.map(({ name, madeAt }) => ({ name, madeAt: new Date(madeAt) })),
    keep,
  );
  for (const { name } of superfluous) await deleteBackup(stores, name);
  const told = new Set([...proven, ...ignored].map(({ name }) => name));
  for (const store of new Set([stores.data, stores.keys])) await deleteUnfinished(store, told, now);
  return { deleted: superfluous.map(({ name }) => name), ignored };
}

async function deleteBackup({ data, keys }: PruneOptions['stores'], name: string): Promise<void> {
  const objects = backupKeys(name);
  // First: without it nobody takes the rest for a backup.
  await data.delete(objects.manifest);
  await data.delete(objects.data);
  await keys.delete(objects.keys);
}

/** What has no manifest at all: one that cannot be read may have been spoilt for that. */
async function deleteUnfinished(store: ObjectStore, told: ReadonlySet<string>, now: Date): Promise<void> {
  for await (const { key, modifiedAt } of store.list('backups/')) {
    const [, name = ''] = key.split('/');
    const isOld = now.getTime() - modifiedAt.getTime() > UNFINISHED_MS;
    const isOurs = isBackupName(name) && Object.values(backupKeys(name)).includes(key);
    if (isOurs && isOld && !told.has(name)) await store.delete(key);
  }
}
