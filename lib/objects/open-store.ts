import path from 'node:path';
import type { Env } from '@/lib/env';
import { openDirectoryStore } from './directory-store';
import type { ObjectStore } from './object-store';
import type { S3Settings } from './s3-store';

type S3Env = Pick<
  Env,
  'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY' | 'S3_FORCE_PATH_STYLE'
>;

/** The store of this installation: the bucket of `S3_BUCKET`, else `OBJECTS_DIR`, else `objects` in the data directory. */
export async function openObjectStore(env: S3Env & Pick<Env, 'ELDER_DATA_DIR' | 'OBJECTS_DIR'>): Promise<ObjectStore> {
  const s3 = s3SettingsOf(env);
  return s3 ? openBucket(s3) : openDirectoryStore(env.OBJECTS_DIR ?? path.join(env.ELDER_DATA_DIR, 'objects'));
}

/** Whether an operator gave a store that workers of other machines reach too. */
export function isStoreShared({ S3_BUCKET, OBJECTS_DIR }: Pick<Env, 'S3_BUCKET' | 'OBJECTS_DIR'>): boolean {
  return S3_BUCKET !== undefined || OBJECTS_DIR !== undefined;
}

/** The client of S3 is read only then: it takes 26 MB of each process. */
export async function openBucket(settings: S3Settings): Promise<ObjectStore> {
  const { openS3Store } = await import('./s3-store');
  return openS3Store(settings);
}

/** Null where no bucket is named. */
export function s3SettingsOf(env: S3Env): S3Settings | null {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!bucket) return null;
  return {
    bucket,
    region: env.S3_REGION,
    endpoint: env.S3_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    isPathStyle: env.S3_FORCE_PATH_STYLE,
  };
}
