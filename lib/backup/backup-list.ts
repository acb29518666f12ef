import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ObjectStore } from '@/lib/objects/object-store';
import { KEY_FILES, type KeyFile } from '@/lib/secrets/key-files';
import { backupError } from './backup-problem';

const FOLDER = 'backups/';
const NAME = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;
const LARGEST_MANIFEST = 64 * 1024;
/** How far the clocks of the machines that make and look at backups may be apart. */
const CLOCKS_APART_MS = 5 * 60_000;

/** Says that a backup is complete, and what is in it, to whoever has no key. Restoring believes the archive alone. */
export const BackupManifest = z.object({
  format: z.int().positive(),
  name: z.string().regex(NAME),
  madeAt: z.iso.datetime(),
  productVersion: z.string().max(100),
  migration: z.string().max(255),
  lsn: z.string().max(40),
  tables: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  objects: z.int().nonnegative(),
  /** Of the archive, as it lies in the store. */
  sizeBytes: z.int().nonnegative(),
  /** Keys in the second file. */
  keys: z.array(z.enum(Object.keys(KEY_FILES) as [KeyFile, ...KeyFile[]])),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** What lies among backups and counts for none, since whoever may write to the store may have put it there. */
export interface IgnoredBackup {
  name: string;
  /** `unproven`: the key at hand does not open the archive, or its head is not what the manifest tells. */
  why: 'unreadable' | 'future' | 'unproven';
}

export const isBackupName = (text: string): boolean => NAME.test(text);

export const backupKeys = (name: string) => ({
  data: `${FOLDER}${name}/data`,
  keys: `${FOLDER}${name}/keys`,
  manifest: `${FOLDER}${name}/manifest.json`,
});

/** As 20261129T020000Z-1f2e3d. */
export function newBackupName(madeAt: Date): string {
  return `${stampOf(madeAt)}-${randomBytes(3).toString('hex')}`;
}

function stampOf(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function isFuture(name: string, now: Date): boolean {
  return name > stampOf(new Date(now.getTime() + CLOCKS_APART_MS));
}

/** Complete ones, newest first, and what looks like one and is not. What lies there under another name is left out. */
export async function listBackups(
  store: ObjectStore,
  now = new Date(),
): Promise<{ backups: BackupManifest[]; ignored: IgnoredBackup[] }> {
  const backups: BackupManifest[] = [];
  const ignored: IgnoredBackup[] = [];
  for (const name of await listNames(store)) {
    const manifest = isFuture(name, now) ? null : await readManifest(store, name);
    if (manifest) backups.push(manifest);
    else ignored.push({ name, why: isFuture(name, now) ? 'future' : 'unreadable' });
  }
  return { backups, ignored };
}

/** @param isCounted asked from the newest on, until it says so */
export async function findNewestBackup(
  store: ObjectStore,
  now: Date,
  isCounted: (manifest: BackupManifest) => boolean | Promise<boolean> = () => true,
): Promise<BackupManifest | null> {
  for (const name of await listNames(store)) {
    const manifest = isFuture(name, now) ? null : await readManifest(store, name);
    if (manifest && (await isCounted(manifest))) return manifest;
  }
  return null;
}

/** The backup of this name; the newest without one. Throws with the problem `no_such_backup`. */
export async function findBackup(
  store: ObjectStore,
  name: string | undefined,
  now = new Date(),
): Promise<BackupManifest> {
  const found =
    name === undefined ? await findNewestBackup(store, now) : isBackupName(name) && (await readManifest(store, name));
  if (!found) throw backupError('no_such_backup', name ?? store.place);
  return found;
}

/** Of all that have a manifest, whatever it says, the newest first: a name begins with the time. */
async function listNames(store: ObjectStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of store.list(FOLDER)) {
    const [, name = '', file, ...more] = key.split('/');
    if (file === 'manifest.json' && more.length === 0 && isBackupName(name)) names.push(name);
  }
  return names.sort().reverse();
}

/** Null where there is none, or more than a manifest can be, which is not read. */
async function readSmall(store: ObjectStore, key: string): Promise<string | null> {
  const info = await store.head(key);
  if (!info || info.sizeBytes > LARGEST_MANIFEST) return null;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of (await store.get(key)) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    // It may be another one than a moment ago.
    if (sizeBytes > LARGEST_MANIFEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Null when it is not there, or not what was written. */
async function readManifest(store: ObjectStore, name: string): Promise<BackupManifest | null> {
  try {
    const text = await readSmall(store, backupKeys(name).manifest);
    if (text === null) return null;
    const parsed = BackupManifest.safeParse(JSON.parse(text));
    const isOfName = parsed.data?.name === name && name.startsWith(`${stampOf(new Date(parsed.data.madeAt))}-`);
    return parsed.success && isOfName ? parsed.data : null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'not_found' || code === 'unprocessable' || error instanceof SyntaxError) return null;
    throw error;
  }
}
