import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { db, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type SigningKey, signingKeyOf } from '@/lib/evidence/entry';
import { pemOf } from '@/lib/evidence/keys';
import type { EvidenceKeyList } from '@/lib/schemas/evidence';
import { KEY_FILES } from '@/lib/secrets/key-files';

const FILE = KEY_FILES.evidence;

/**
 * The key that evidence is signed with, read anew each time so that one that took its place is used at once. In the data
 * directory it is made when there is none. Throws `unavailable` when it cannot be read or is no Ed25519 key.
 */
export async function loadEvidenceKey(): Promise<SigningKey> {
  const { EVIDENCE_KEY_FILE: given, ELDER_DATA_DIR: directory } = env();
  if (given !== undefined) return readKey(given, 'EVIDENCE_KEY_FILE must lead to a private Ed25519 key in PEM');
  const file = path.join(directory, FILE);
  const sentence = `${file} must hold a private Ed25519 key in PEM`;
  return readKey(file, sentence).catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await placeNewKey(directory, file, link);
    return readKey(file, sentence);
  });
}

/** The same key for whoever only checks: null where there is none, and none is made. */
export async function findEvidenceKey(): Promise<SigningKey | null> {
  const { EVIDENCE_KEY_FILE: given, ELDER_DATA_DIR: directory } = env();
  const file = given ?? path.join(directory, FILE);
  return readKey(file, `${file} must hold a private Ed25519 key in PEM`).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
}

/** Puts a new key in the place of the one in the data directory. Returns the ids of both; null where there was none. */
export async function rotateEvidenceKey(): Promise<{ before: string | null; after: string }> {
  const { EVIDENCE_KEY_FILE: given, ELDER_DATA_DIR: directory } = env();
  if (given !== undefined) {
    throw new AppError(
      'conflict',
      'EVIDENCE_KEY_FILE names the key: put another file in its place, as with openssl genpkey -algorithm ed25519',
    );
  }
  const file = path.join(directory, FILE);
  const before = await readKey(file, `${file} cannot be read`).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  // The public half of a key that signed is kept by whoever signed with it; this is for one that never did.
  if (before) await db().$transaction((tx) => rememberKey(tx, before));
  await placeNewKey(directory, file, rename);
  const after = await readKey(file, `${file} cannot be read`);
  await db().$transaction((tx) => rememberKey(tx, after));
  return { before: before?.id ?? null, after: after.id };
}

/** Keeps the public half, for those who check. */
export async function rememberKey(tx: Tx, { id, publicKey }: SigningKey): Promise<void> {
  await tx.evidenceKey.createMany({ data: [{ id, publicKey: pemOf(publicKey) }], skipDuplicates: true });
}

/** Public keys of this installation, newest first. Open to everybody: who checks evidence has no account. */
export async function listEvidenceKeys(): Promise<EvidenceKeyList> {
  const [instance, keys] = await Promise.all([
    db().instance.findFirstOrThrow({ select: { id: true } }),
    db().evidenceKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] }),
  ]);
  return {
    instanceId: instance.id,
    items: keys.map(({ id, publicKey, createdAt }) => ({
      keyId: id,
      algorithm: 'ed25519',
      publicKey,
      since: createdAt.toISOString(),
    })),
  };
}

/** Written aside first: nobody reads half a key, and of several processes that make one the first wins. */
async function placeNewKey(
  directory: string,
  file: string,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const draft = path.join(directory, `${FILE}.${randomUUID()}`);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx' });
  try {
    await place(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

async function readKey(file: string, sentence: string): Promise<SigningKey> {
  try {
    const privateKey = createPrivateKey(await readFile(file));
    if (privateKey.asymmetricKeyType !== 'ed25519')
      throw new Error(`a key of the type ${privateKey.asymmetricKeyType}`);
    return signingKeyOf(privateKey);
  } catch (cause) {
    throw new AppError('unavailable', sentence, { cause });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
