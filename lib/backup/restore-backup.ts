import { createHash } from 'node:crypto';
import type { Env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import type { ObjectStore } from '@/lib/objects/object-store';
import type { BackupSecret } from './archive-cipher';
import type { ArchiveHead, ArchiveTail } from './archive-records';
import { type BackupManifest, backupKeys } from './backup-list';
import { backupError } from './backup-problem';
import { openBackup } from './check-archive';
import { assertFittingKeys, draftKeys, type KeyDrafts, openKeys } from './keys';
import { assertEmptyDatabase, loadDatabase } from './load-database';
import { DamagedObjectError } from './objects';
import type { BackupStores } from './open-stores';

/** Of what stands in the way, in the words of an error. */
const MOST_NAMED = 20;

interface KnownMigration {
  name: string;
  checksum: string;
}

/** What this release knows about migrating, which is not of this folder. */
export interface Migrating {
  /** All of this release, in order. */
  known: readonly KnownMigration[];
  /** Names of those that the database has. */
  listApplied: () => Promise<string[]>;
  /** Brings the database to the newest of these, or of all without them. */
  migrate: (names?: ReadonlySet<string>) => Promise<void>;
}

export interface RestoreOptions {
  manifest: BackupManifest;
  stores: Pick<BackupStores, 'data' | 'keys'>;
  secret: BackupSecret;
  /** Of the role that owns the database. */
  ownerUrl: string;
  migrating: Migrating;
  objects: ObjectStore;
  settings: Env;
  /** Whether the keys are restored too; else they must be in place already, which is checked. */
  hasKeys: boolean;
  productVersion: string;
}

export interface Restored extends ArchiveTail {
  head: ArchiveHead;
  /** Key files that were written. */
  keyFiles: string[];
  /** Artifacts that were damaged before they were backed up, and are not restored. */
  damagedObjects: string[];
}

/**
 * Restores a backup into an empty installation, then brings it up to date. All is checked before anything is kept: on a
 * failure the database holds no rows and the object store and the keys are as they were. Throws with a `BackupProblem`.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { manifest, stores, secret, ownerUrl, migrating, objects, settings, hasKeys, productVersion } = options;
  const { name } = manifest;
  const { head, records } = await openBackup(manifest, stores.data, secret);
  try {
    assertKnown(head, migrating.known, productVersion);
    const keys = await openKeys(secret, name, await stores.keys.get(backupKeys(name).keys));
    await assertFittingKeys(keys, settings, { arePlaced: hasKeys });
    await assertEmptyDatabase(ownerUrl);
    const names = new Set(head.migrations.map((migration) => migration.name));
    const ahead = (await migrating.listApplied()).filter((applied) => !names.has(applied));
    if (ahead.length > 0) throw backupError('ahead', ahead.join(', '));
    await migrating.migrate(names);

    const placed: string[] = [];
    const others: string[] = [];
    const damagedObjects: string[] = [];
    const onObject = async (key: string, body: AsyncIterable<Uint8Array>) => {
      const became = await putUnlessSame(objects, key, body);
      if (became === 'damaged') damagedObjects.push(key);
      if (became === 'placed') placed.push(key);
      if (became === 'other') others.push(key);
    };
    const drafted: { keys?: KeyDrafts } = {};
    const onLoaded = async () => {
      if (others.length > 0) throw backupError('other_objects', others.slice(0, MOST_NAMED).join(', '));
      if (hasKeys) drafted.keys = await draftKeys(keys, settings);
    };
    let tail: ArchiveTail;
    try {
      tail = await loadDatabase({ ownerUrl, records, name, onObject, onLoaded });
    } catch (error) {
      await drafted.keys?.discard();
      for (const key of placed) await objects.delete(key);
      throw error;
    }
    const keyFiles = (await drafted.keys?.place()) ?? [];
    await migrating.migrate();
    return { head, keyFiles, damagedObjects, ...tail };
  } finally {
    await records.return(undefined);
  }
}

function assertKnown(head: ArchiveHead, known: readonly KnownMigration[], productVersion: string): void {
  if (isNewer(head.productVersion, productVersion)) throw backupError('newer', head.productVersion);
  const checksums = new Map(known.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of head.migrations) {
    if (checksums.get(name) !== checksum) throw backupError('newer', name);
  }
}

/** Whether a version x.y.z is above another one. */
function isNewer(version: string, other: string): boolean {
  const parts = (text: string) => text.split(/[.-]/, 3).map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [parts(version), parts(other)];
  const at = [0, 1, 2].find((index) => a[index] !== b[index]);
  return at !== undefined && (a[at] ?? 0) > (b[at] ?? 0);
}

/** What lies there already, as in a bucket that outlived the database, stays when it is what was backed up. */
async function putUnlessSame(
  objects: ObjectStore,
  key: string,
  body: AsyncIterable<Uint8Array>,
): Promise<'placed' | 'same' | 'other' | 'damaged'> {
  const there = await digestOfStored(objects, key);
  try {
    if (there !== null) return (await digestOf(body)) === there ? 'same' : 'other';
    await objects.put(key, body);
    return 'placed';
  } catch (error) {
    if (error instanceof DamagedObjectError) return 'damaged';
    throw error;
  }
}

/** Null where there is none. Of one that is damaged it is the digest of nothing. */
async function digestOfStored(objects: ObjectStore, key: string): Promise<string | null> {
  try {
    return await digestOf(await objects.get(key));
  } catch (error) {
    const { problem } = (isAppError(error) && error.details) || {};
    if (problem === 'missing') return null;
    if (problem === 'damaged') return '';
    throw error;
  }
}

/** Length and SHA-256. */
async function digestOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const bytes of body) {
    hash.update(bytes);
    sizeBytes += bytes.length;
  }
  return `${sizeBytes} ${hash.digest('hex')}`;
}
