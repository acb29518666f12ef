import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { findNewestBackup } from '@/lib/backup/backup-list';
import { isProven } from '@/lib/backup/check-archive';
import { backupSecretOf, openBackupStores } from '@/lib/backup/open-stores';
import type { Env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import type { Language } from '@/lib/magics/types';
import { checkMailServer } from '@/lib/mail/send-mail';
import { openObjectStore } from '@/lib/objects/open-store';
import { checkRedis as assertRedis } from '@/lib/queues/redis';
import { lastTimeOf } from '@/lib/services/schedule-time';
import { problemSentence } from '../problem-sentence';
import { type Finding, failed, notChecked, ok, warning } from './finding';

const HOUR_MS = 3_600_000;
/** A backup that is due is made within minutes, and large ones take hours. */
const LATE_MS = 6 * HOUR_MS;
/** Of those that nobody makes by the clock. */
const OLD_MS = 8 * 24 * HOUR_MS;

export async function checkRedis({ REDIS_URL: url }: Env, log: Logger): Promise<Finding> {
  if (!url) return notChecked('redis', 'not_set', { name: 'REDIS_URL' });
  try {
    await assertRedis(url, log);
  } catch (error) {
    return failed('redis', 'redis_bad', { what: error instanceof Error ? error.message : String(error) });
  }
  const connection = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    const info = await connection.info('persistence');
    return /aof_enabled:1/.test(info) ? ok('redis') : warning('redis', 'redis_not_kept');
  } finally {
    connection.disconnect();
  }
}

/** Writes, reads, lists and deletes something of its own. */
export async function checkObjects(env: Env, language: Language): Promise<Finding> {
  using store = await openObjectStore(env);
  const key = `doctor/${randomUUID()}`;
  const bytes = randomBytes(1_000);
  async function* body() {
    yield bytes;
  }
  try {
    await store.put(key, body());
    const isSame = (await buffer(await store.get(key))).equals(bytes);
    let isListed = false;
    for await (const info of store.list('doctor/')) isListed ||= info.key === key;
    await store.delete(key);
    if (isSame && isListed && !(await store.head(key))) return ok('objects', store.place);
    return failed('objects', 'store_bad', { what: store.place });
  } catch (error) {
    return failed('objects', 'store_bad', { what: problemSentence(error, language) });
  }
}

export async function checkMail({ SMTP_URL: server }: Env): Promise<Finding> {
  if (!server) return notChecked('mail', 'not_set', { name: 'SMTP_URL' });
  try {
    await checkMailServer({ server });
    return ok('mail', `${server.host}:${server.port}`);
  } catch (error) {
    const what = isAppError(error) ? String(error.details?.failure) : String(error);
    return failed('mail', 'mail_bad', { what });
  }
}

export async function checkBackup(env: Env, language: Language, now = new Date()): Promise<Finding> {
  using stores = await openBackupStores(env);
  try {
    const hasKey = env.BACKUP_KEY !== undefined || env.BACKUP_PASSPHRASE !== undefined;
    const newest = await findNewestBackup(
      stores.data,
      now,
      (manifest) => !hasKey || isProven(manifest, stores.data, backupSecretOf(env)),
    );
    if (!newest) return warning('backup', 'backup_none');
    const madeAt = new Date(newest.madeAt);
    const due = env.BACKUP_SCHEDULE
      ? lastTimeOf({ cron: env.BACKUP_SCHEDULE, timeZone: 'UTC' }, new Date(now.getTime() - LATE_MS))
      : new Date(now.getTime() - OLD_MS);
    const hours = Math.floor((now.getTime() - madeAt.getTime()) / HOUR_MS);
    if (due && madeAt < due) return failed('backup', 'backup_old', { hours });
    return env.BACKUP_DIR || env.S3_BUCKET ? ok('backup', newest.name) : warning('backup', 'backup_unkept');
  } catch (error) {
    return failed('backup', 'store_bad', { what: problemSentence(error, language) });
  }
}
