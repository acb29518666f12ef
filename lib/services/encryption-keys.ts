import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { KEY_FILES } from '@/lib/secrets/key-files';
import {
  type EncryptionKey,
  encryptionKeyOf,
  type KeyRing,
  keyRingOf,
  readEncryptionKey,
} from '@/lib/secrets/key-ring';

const FILE = KEY_FILES.encryption;

/** The newest key first; those behind it still open what was sealed with them. */
const KeyFile = z.object({ keys: z.array(z.string()).min(1) });

let kept: { mtimeMs: number; file: string; ring: KeyRing } | undefined;

/**
 * The keys that secrets are sealed with: of `ENCRYPTION_KEY`, else of a file in the data directory that is made when there is
 * none and read anew when it changed. Throws `unavailable` when it cannot be read.
 */
export async function loadKeyRing(): Promise<KeyRing> {
  const { ENCRYPTION_KEY: given, ENCRYPTION_KEY_PREVIOUS: previous, ELDER_DATA_DIR: directory } = env();
  if (given) return keyRingOf(given, previous);
  const file = path.join(directory, FILE);
  const { mtimeMs } = await stat(file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(file, error);
    await placeKeys(directory, file, [encryptionKeyOf(randomBytes(32))], link);
    return stat(file);
  });
  if (kept?.file === file && kept.mtimeMs === mtimeMs) return kept.ring;
  const [current, ...others] = await readKeys(file);
  const ring = keyRingOf(current, others);
  kept = { mtimeMs, file, ring };
  return ring;
}

/** Puts a new key before the newest of the data directory and those of `stillUsed`; the others are forgotten. */
export async function addEncryptionKey(stillUsed: ReadonlySet<string>): Promise<EncryptionKey> {
  if (isEncryptionKeyGiven()) throw new AppError('conflict', 'ENCRYPTION_KEY names the key');
  await loadKeyRing();
  const { ELDER_DATA_DIR: directory } = env();
  const file = path.join(directory, FILE);
  const key = encryptionKeyOf(randomBytes(32));
  const before = (await readKeys(file)).filter(({ id }, index) => index === 0 || stillUsed.has(id));
  await placeKeys(directory, file, [key, ...before], rename);
  return key;
}

export function isEncryptionKeyGiven(): boolean {
  return env().ENCRYPTION_KEY !== undefined;
}

async function readKeys(file: string): Promise<[EncryptionKey, ...EncryptionKey[]]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  const parsed = KeyFile.safeParse(parseJson(text));
  const keys = parsed.data?.keys.map(readEncryptionKey) ?? [];
  const [current, ...others] = keys.filter((key) => key !== null);
  if (!current || others.length + 1 !== keys.length) throw unreadable(file);
  return [current, ...others];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Written aside first: nobody reads half a file, and of several processes that make one the first wins. */
async function placeKeys(
  directory: string,
  file: string,
  keys: readonly EncryptionKey[],
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const draft = path.join(directory, `${FILE}.${randomUUID()}`);
  const text = JSON.stringify({ keys: keys.map(({ bytes }) => bytes.toString('base64')) }, null, 2);
  await writeFile(draft, `${text}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await place(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

function unreadable(file: string, cause?: unknown): AppError {
  return new AppError('unavailable', `${file} must hold the encryption keys that were made there`, { cause });
}
