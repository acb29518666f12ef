import type { ObjectStore } from '@/lib/objects/object-store';
import type { BackupSecret } from './archive-cipher';
import { ARCHIVE_FORMAT, type ArchiveRecord, type ArchiveTail, writeArchive } from './archive-records';
import { type BackupManifest, backupKeys, newBackupName } from './backup-list';
import { type InstanceKeys, sealKeys } from './keys';
import { type OddObject, readObjects } from './objects';
import type { BackupStores } from './open-stores';
import { type DatabaseSnapshot, openSnapshot } from './read-database';

export interface MakeBackupOptions {
  /** Of a role that may read all tables. */
  databaseUrl: string;
  /** What the installation keeps in its object store. */
  objects: ObjectStore;
  keys: InstanceKeys;
  secret: BackupSecret;
  /** Where the backup goes. */
  stores: Pick<BackupStores, 'data' | 'keys'>;
  productVersion: string;
  /** Told of each object that is left out, or damaged. */
  onOddObject: (object: OddObject) => void;
  signal?: AbortSignal;
}

/** Writes one backup. It is listed only when all of it is there; a failure leaves nothing that would be taken for one. */
export async function makeBackup(options: MakeBackupOptions): Promise<BackupManifest> {
  const { databaseUrl, objects, keys, secret, stores, productVersion, onOddObject, signal } = options;
  const abort = signal ? { signal } : {};
  await using snapshot = await openSnapshot(databaseUrl, productVersion);
  const { head } = snapshot;
  const name = newBackupName(new Date(head.madeAt));
  const at = backupKeys(name);
  const counts: ArchiveTail = { tables: 0, rows: 0, objects: 0 };
  try {
    const { sizeBytes } = await stores.data.put(
      at.data,
      writeArchive(secret, name, recordsOf(snapshot, readObjects(objects, onOddObject), counts)),
      abort,
    );
    await stores.keys.put(at.keys, sealKeys(secret, name, keys), abort);
    const manifest: BackupManifest = {
      format: ARCHIVE_FORMAT,
      name,
      madeAt: head.madeAt,
      productVersion,
      migration: head.migrations.at(-1)?.name ?? '',
      lsn: head.lsn,
      ...counts,
      sizeBytes,
      keys: Object.keys(keys) as BackupManifest['keys'],
    };
    await stores.data.put(at.manifest, bytesOf(`${JSON.stringify(manifest, null, 2)}\n`), abort);
    return manifest;
  } catch (error) {
    // The first failure is told; what is left is no backup without its manifest, and is pruned later.
    for (const [store, key] of [
      [stores.data, at.manifest],
      [stores.data, at.data],
      [stores.keys, at.keys],
    ] as const) {
      await store.delete(key).catch(() => undefined);
    }
    throw error;
  }
}

async function* recordsOf(
  { head, records }: DatabaseSnapshot,
  objects: AsyncIterable<ArchiveRecord>,
  counts: ArchiveTail,
): AsyncGenerator<ArchiveRecord> {
  yield { kind: 'head', value: head };
  for await (const record of records()) {
    if (record.kind === 'table') counts.tables += 1;
    if (record.kind === 'tableEnd') counts.rows += record.value.rows;
    yield record;
  }
  for await (const record of objects) {
    if (record.kind === 'object') counts.objects += 1;
    yield record;
  }
  yield { kind: 'tail', value: { ...counts } };
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
