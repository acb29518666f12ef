import { setTimeout as wait } from 'node:timers/promises';
import type { BackupSecret } from '@/lib/backup/archive-cipher';
import { type BackupManifest, backupKeys, findNewestBackup } from '@/lib/backup/backup-list';
import { isProven } from '@/lib/backup/check-archive';
import { collectKeys } from '@/lib/backup/keys';
import { makeBackup } from '@/lib/backup/make-backup';
import { type BackupStores, backupSecretOf, openBackupStores } from '@/lib/backup/open-stores';
import { pruneBackups } from '@/lib/backup/prune';
import { databaseUrl, env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import { type Logger, logger } from '@/lib/logger';
import type { ObjectStore } from '@/lib/objects/object-store';
import { openObjectStore } from '@/lib/objects/open-store';
import packageJson from '@/package.json' with { type: 'json' };
import { lastTimeOf } from './schedule-time';

/** Where backups go may mend by itself; the next try waits so long. */
const RETRY_MS = 15 * 60_000;
/** How old what is told of the store may be. */
const KEPT_MS = 60_000;
/** Most stores answer at once; the first who asks waits so long. */
const FIRST_LOOK_MS = 1_000;

/** Made up of what the store holds: backups of `elder backup` and of other processes count. */
export interface BackupStatus {
  /** Of those that count: not of the future, and opened by the key where one is set. */
  newest: BackupManifest | null;
  /** Null where there is no backup. */
  ageSeconds: number | null;
  /** When `BACKUP_SCHEDULE` asked for one last; null without it. */
  dueAt: Date | null;
  /** Whether the one that was due then is missing. */
  isDue: boolean;
}

let triedAt = Number.NEGATIVE_INFINITY;

/**
 * Makes the backup that `BACKUP_SCHEDULE` asks for, unless one was made since, and deletes those that `BACKUP_KEEP` does not
 * keep. Gives it; null when none is due. A failure is told in the log and tried again after a quarter of an hour.
 */
export async function makeScheduledBackup(log: Logger, now: Date, signal: AbortSignal): Promise<BackupManifest | null> {
  const settings = env();
  if (!settings.BACKUP_SCHEDULE || now.getTime() - triedAt < RETRY_MS) return null;
  using stores = await openBackupStores(settings);
  try {
    if (!(await readStatus(stores, now)).isDue) return null;
    triedAt = now.getTime();
    const made = await backUp(stores, log, signal);
    triedAt = Number.NEGATIVE_INFINITY;
    kept = { at: now.getTime(), madeAt: Date.parse(made.madeAt) };
    log.info({ backup: made.name, rows: made.rows, sizeBytes: made.sizeBytes }, 'backup made');
    const secret = backupSecretOf(settings);
    const { deleted, ignored } = await pruneBackups({ stores, keep: settings.BACKUP_KEEP, secret, now });
    if (deleted.length > 0) log.info({ backups: deleted }, 'backups deleted');
    if (ignored.length > 0) log.warn({ backups: ignored }, 'what lies among the backups counts for none');
    return made;
  } catch (err) {
    if (signal.aborted) return null;
    triedAt = now.getTime();
    // Another worker makes it.
    if (isAppError(err) && err.details?.problem === 'busy') return null;
    log.error({ err }, 'backup failed');
    return null;
  }
}

async function backUp(stores: BackupStores, log: Logger, signal: AbortSignal): Promise<BackupManifest> {
  const settings = env();
  using objects = await openObjectStore(settings);
  return makeBackup({
    databaseUrl: databaseUrl(),
    objects,
    keys: await collectKeys(settings),
    secret: backupSecretOf(settings),
    stores,
    productVersion: packageJson.version,
    onOddObject: (object) => log.warn({ object }, 'an artifact is not backed up as it should be'),
    signal,
  });
}

/** How old the newest backup is, as of `now`. For whoever looks after the installation. */
export async function readBackupStatus(now = new Date()): Promise<BackupStatus> {
  using stores = await openBackupStores(env());
  return readStatus(stores, now);
}

async function readStatus({ data }: BackupStores, now: Date): Promise<BackupStatus> {
  const { BACKUP_SCHEDULE: cron, BACKUP_KEY, BACKUP_PASSPHRASE } = env();
  const secret = BACKUP_KEY || BACKUP_PASSPHRASE ? backupSecretOf({ BACKUP_KEY, BACKUP_PASSPHRASE }) : null;
  const newest = await findNewestBackup(data, now, (manifest) => !secret || isKnownProven(manifest, data, secret));
  const madeAt = newest ? new Date(newest.madeAt) : null;
  const dueAt = cron ? lastTimeOf({ cron, timeZone: 'UTC' }, now) : null;
  return {
    newest,
    ageSeconds: madeAt ? Math.max(0, (now.getTime() - madeAt.getTime()) / 1000) : null,
    dueAt,
    isDue: dueAt !== null && (madeAt === null || madeAt < dueAt),
  };
}

const MOST_REMEMBERED = 1_000;
/** Whether the key opens an archive, by what the store says of it: asked each minute, and a passphrase takes a while. */
const known = new Map<string, boolean>();

async function isKnownProven(manifest: BackupManifest, store: ObjectStore, secret: BackupSecret): Promise<boolean> {
  const stored = await store.head(backupKeys(manifest.name).data);
  const key = JSON.stringify([store.place, manifest, stored]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const is = await isProven(manifest, store, secret);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, is);
  return is;
}

/** How long nobody may be told anything before no backup is told of. */
const UNKNOWN_MS = 10 * 60_000;

let kept: { at: number; madeAt: number | null } | undefined;
let looking: Promise<void> | undefined;
let askedSince: number | undefined;

/**
 * When the newest backup was made by what was last looked up, which is once a minute and beside whoever asks: a store that does
 * not answer holds nobody up. null when there is none, or the store tells nothing for ten minutes; undefined before that.
 */
async function newestMadeAt(now: number): Promise<number | null | undefined> {
  askedSince ??= now;
  if (!looking && (!kept || now - kept.at > KEPT_MS)) {
    looking = lookUp(now).finally(() => {
      looking = undefined;
    });
  }
  if (!kept) await Promise.race([looking, wait(FIRST_LOOK_MS, undefined, { ref: false })]);
  return kept || now - askedSince < UNKNOWN_MS ? kept?.madeAt : null;
}

async function lookUp(now: number): Promise<void> {
  try {
    const { newest } = await readBackupStatus(new Date(now));
    kept = { at: now, madeAt: newest ? Date.parse(newest.madeAt) : null };
  } catch (err) {
    logger().warn({ err }, 'the newest backup could not be looked up');
  }
}

/**
 * Age of the newest backup in seconds. Infinite when backups are asked for and none is known of; null when none are, or the
 * first look is not over.
 */
export async function backupAgeSeconds(now = Date.now()): Promise<number | null> {
  const madeAt = await newestMadeAt(now);
  if (madeAt === undefined) return null;
  if (madeAt !== null) return Math.max(0, (now - madeAt) / 1000);
  return env().BACKUP_SCHEDULE ? Number.POSITIVE_INFINITY : null;
}

/** For how many seconds a backup has been due by its schedule; 0 when none is, null without a schedule. */
export async function backupOverdueSeconds(now = Date.now()): Promise<number | null> {
  const { BACKUP_SCHEDULE: cron } = env();
  const dueAt = cron ? lastTimeOf({ cron, timeZone: 'UTC' }, new Date(now)) : null;
  if (dueAt === null) return null;
  const madeAt = await newestMadeAt(now);
  if (madeAt === undefined) return null;
  return madeAt !== null && madeAt >= dueAt.getTime() ? 0 : (now - dueAt.getTime()) / 1000;
}
