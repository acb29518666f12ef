import path from 'node:path';
import type { Env } from '@/lib/env';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import type { ObjectStore } from '@/lib/objects/object-store';
import { openBucket, s3SettingsOf } from '@/lib/objects/open-store';
import type { BackupSecret } from './archive-cipher';
import { backupError } from './backup-problem';

export interface BackupStores extends Disposable {
  data: ObjectStore;
  /** The same one unless `BACKUP_KEYS_DIR` keeps keys apart. */
  keys: ObjectStore;
}

/** `BACKUP_DIR`, else the bucket of `S3_BUCKET`, else the data directory itself. */
export async function openBackupStores(env: Env): Promise<BackupStores> {
  const s3 = env.BACKUP_DIR ? null : s3SettingsOf(env);
  const data = s3
    ? await openBucket(s3)
    : openDirectoryStore(env.BACKUP_DIR ?? path.join(env.ELDER_DATA_DIR, 'objects'));
  const keys = env.BACKUP_KEYS_DIR ? openDirectoryStore(env.BACKUP_KEYS_DIR) : data;
  return {
    data,
    keys,
    [Symbol.dispose]: () => {
      data[Symbol.dispose]();
      if (keys !== data) keys[Symbol.dispose]();
    },
  };
}

/** Throws with the problem `no_key`. */
export function backupSecretOf({
  BACKUP_KEY,
  BACKUP_PASSPHRASE,
}: Pick<Env, 'BACKUP_KEY' | 'BACKUP_PASSPHRASE'>): BackupSecret {
  if (BACKUP_KEY) return { key: BACKUP_KEY.bytes };
  if (BACKUP_PASSPHRASE) return { passphrase: BACKUP_PASSPHRASE };
  throw backupError('no_key', 'BACKUP_KEY');
}
