import { isAppError } from '@/lib/errors';
import type { ObjectStore } from '@/lib/objects/object-store';
import type { BackupSecret } from './archive-cipher';
import { ARCHIVE_FORMAT, type ArchiveHead, type ArchiveRecord, type ArchiveTail, readArchive } from './archive-records';
import { type BackupManifest, backupKeys } from './backup-list';
import { backupError } from './backup-problem';
import { openKeys } from './keys';
import { DamagedObjectError, objectBody } from './objects';
import type { BackupStores } from './open-stores';
import { createRowDigest } from './row-digest';

/**
 * Reads all of a backup as a restore would, and compares every count and digest. Throws with the problem `wrong_key`, `newer`
 * or `damaged`. `damagedObjects` were damaged before they were backed up.
 */
export async function verifyBackup(
  manifest: BackupManifest,
  stores: Pick<BackupStores, 'data' | 'keys'>,
  secret: BackupSecret,
): Promise<ArchiveTail & { damagedObjects: string[] }> {
  const { name } = manifest;
  const damagedObjects: string[] = [];
  const { records } = await openBackup(manifest, stores.data, secret);
  const counts: ArchiveTail = { tables: 0, rows: 0, objects: 0 };
  let tail: ArchiveTail | undefined;
  const reading = records[Symbol.asyncIterator]();
  for (let next = await reading.next(); !next.done; next = await reading.next()) {
    const record = next.value;
    if (record.kind === 'table') {
      counts.tables += 1;
      counts.rows += await readRows(reading, name);
    } else if (record.kind === 'object') {
      counts.objects += 1;
      if (!(await readObject(reading, name))) damagedObjects.push(record.value.key);
    } else if (record.kind === 'tail') tail = record.value;
    else if (record.kind !== 'sequence') throw backupError('damaged', name);
  }
  assertTail(tail, counts, name);
  assertTail(manifest, counts, name);
  const keys = await openKeys(secret, name, await stores.keys.get(backupKeys(name).keys));
  if (Object.keys(keys).sort().join() !== [...manifest.keys].sort().join()) throw backupError('damaged', name);
  return { ...counts, damagedObjects };
}

/** False where it was damaged before it was backed up. */
async function readObject(reading: AsyncIterator<ArchiveRecord>, name: string): Promise<boolean> {
  try {
    for await (const _ of objectBody(reading, name));
    return true;
  } catch (error) {
    if (error instanceof DamagedObjectError) return false;
    throw error;
  }
}

/** The head of an archive, read, proven and that of the manifest, and what follows it. Throws as `verifyBackup` does. */
export async function openBackup(
  manifest: BackupManifest,
  store: ObjectStore,
  secret: BackupSecret,
): Promise<{ head: ArchiveHead; records: AsyncGenerator<ArchiveRecord> }> {
  const { name } = manifest;
  const records = readArchive(secret, name, await store.get(backupKeys(name).data));
  const { value: first } = await records.next();
  const head = first?.kind === 'head' ? first.value : null;
  if (head?.format === ARCHIVE_FORMAT && isOf(manifest, head)) return { head, records };
  await records.return(undefined);
  throw backupError(head && head.format > ARCHIVE_FORMAT ? 'newer' : 'damaged', name);
}

/** Whether a key opens the archive and its head is the one that the manifest tells of. Reads no more than the head. */
export async function isProven(manifest: BackupManifest, store: ObjectStore, secret: BackupSecret): Promise<boolean> {
  try {
    const { records } = await openBackup(manifest, store, secret);
    await records.return(undefined);
    return true;
  } catch (error) {
    const { problem } = (isAppError(error) && error.details) || {};
    if (UNPROVEN.includes(String(problem))) return false;
    throw error;
  }
}

/** The last is what the object store says. */
const UNPROVEN = ['wrong_key', 'damaged', 'newer', 'missing'];

function isOf(manifest: BackupManifest, { madeAt, productVersion, migrations, lsn }: ArchiveHead): boolean {
  return (
    manifest.madeAt === madeAt &&
    manifest.productVersion === productVersion &&
    manifest.migration === (migrations.at(-1)?.name ?? '') &&
    manifest.lsn === lsn
  );
}

function assertTail(tail: ArchiveTail | undefined, counts: ArchiveTail, name: string): void {
  const isSame = (['tables', 'rows', 'objects'] as const).every((what) => tail?.[what] === counts[what]);
  if (!isSame) throw backupError('damaged', name);
}

async function readRows(reading: AsyncIterator<ArchiveRecord>, name: string): Promise<number> {
  const digest = createRowDigest();
  for (;;) {
    const { value: record, done } = await reading.next();
    if (done || (record.kind !== 'data' && record.kind !== 'tableEnd')) throw backupError('damaged', name);
    if (record.kind === 'tableEnd') {
      const found = digest.end();
      if (found.rows !== record.value.rows || found.digest !== record.value.digest) throw backupError('damaged', name);
      return found.rows;
    }
    digest.add(record.bytes);
  }
}
