import { createHash } from 'node:crypto';
import { isAppError } from '@/lib/errors';
import { isObjectKey } from '@/lib/objects/object-key';
import type { ObjectStore } from '@/lib/objects/object-store';
import type { ArchiveRecord } from './archive-records';
import { backupError } from './backup-problem';

/** What is made anew when it is missing, as packs of blobs, lies in other folders and is not backed up. */
const FOLDER = 'artifacts/';

/** An object that does not stop a backup, and that nobody gets back from it. */
export interface OddObject {
  /** As the store names it: anything. */
  key: string;
  /** `name`: the product makes no such names, and it is not in the backup. `damaged`: it is not what was written. */
  why: 'name' | 'damaged';
}

/**
 * Objects that only this store holds. One that is deleted meanwhile is left out; one that is damaged is in the archive as far
 * as it was read, and said to be damaged.
 */
export async function* readObjects(
  store: ObjectStore,
  onOdd: (object: OddObject) => void,
): AsyncGenerator<ArchiveRecord> {
  for await (const { key } of store.list(FOLDER)) {
    if (!isObjectKey(key)) {
      onOdd({ key, why: 'name' });
      continue;
    }
    const body = await store.get(key).catch((error: { code?: string }) => {
      if (error.code === 'not_found') return null;
      throw error;
    });
    if (!body) continue;
    yield { kind: 'object', value: { key } };
    const hash = createHash('sha256');
    let sizeBytes = 0;
    let isDamaged = false;
    try {
      for await (const bytes of body as AsyncIterable<Buffer>) {
        hash.update(bytes);
        sizeBytes += bytes.length;
        yield { kind: 'data', bytes };
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
      isDamaged = true;
      onOdd({ key, why: 'damaged' });
    }
    yield { kind: 'objectEnd', value: { sizeBytes, sha256: hash.digest('hex'), isDamaged } };
  }
}

function isDamage(error: unknown): boolean {
  return isAppError(error) && error.details?.problem === 'damaged';
}

/** The object was damaged when it was backed up: what was read of it must not pass for it. */
export class DamagedObjectError extends Error {
  override readonly name = 'DamagedObjectError';
}

/**
 * Bytes of one object: the records after its `object` up to its `objectEnd`, checked by it. Ends with a `DamagedObjectError`
 * where that says so.
 */
export async function* objectBody(reading: AsyncIterator<ArchiveRecord>, name: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (;;) {
    const { value: record, done } = await reading.next();
    if (done || (record.kind !== 'data' && record.kind !== 'objectEnd')) throw backupError('damaged', name);
    if (record.kind === 'objectEnd') {
      const { sizeBytes: size, sha256 } = record.value;
      if (size !== sizeBytes || sha256 !== hash.digest('hex')) throw backupError('damaged', name);
      if (record.value.isDamaged) throw new DamagedObjectError();
      return;
    }
    hash.update(record.bytes);
    sizeBytes += record.bytes.length;
    yield record.bytes;
  }
}
