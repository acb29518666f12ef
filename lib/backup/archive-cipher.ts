import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod';
import { backupError } from './backup-problem';

/** What an archive is sealed with: 32 random bytes, or words of a person. */
export type BackupSecret = { key: Buffer } | { passphrase: string };

/** Which archive it is. Its key depends on it, so that none opens under another name, or in place of its other part. */
export interface ArchiveLabel {
  part: 'data' | 'keys';
  /** Of the backup. */
  name: string;
}

/** First line of every archive; the number is raised when older releases could not read it. */
const MAGIC = 'ELDER-BACKUP 1\n';
const CIPHER: CipherGCMTypes = 'aes-256-gcm';
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const LONGEST_HEADER = 1024;
const HASH = 'sha256';
/** OWASP Password Storage Cheat Sheet: N = 2^16, r = 8, p = 2. */
const SCRYPT = { N: 2 ** 16, r: 8, p: 2, maxmem: 256 * 1024 * 1024 };

const Header = z.object({
  secret: z.enum(['key', 'passphrase']),
  /** 32 bytes in hex, drawn for this archive alone. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** Tells another key from a damaged archive. */
  check: z.string().regex(/^[0-9a-f]{32}$/),
});

/**
 * Seals with AES-256-GCM in chunks by the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): the nonce of a
 * chunk is its number and whether it is the last, so that none is lost, moved, repeated or cut off unseen. The key is derived
 * from the secret and a salt of the archive's own; its label and the header are bound to it.
 */
export async function* sealArchive(
  secret: BackupSecret,
  label: ArchiveLabel,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(32);
  const master = await masterOf(secret, salt);
  const header = `${JSON.stringify({ secret: kindOf(secret), salt: salt.toString('hex'), check: checkOf(master, salt).toString('hex') })}\n`;
  const key = keyOf(master, salt, label, header);
  yield Buffer.from(MAGIC + header);
  let number = 0;
  for await (const { chunk, isLast } of inChunks(body, CHUNK_BYTES)) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/** Opens what `sealArchive` made. Throws with the problem `wrong_key`, `newer` or `damaged`; nothing unproven is given out. */
export async function* openArchive(
  secret: BackupSecret,
  label: ArchiveLabel,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { name } = label;
  const { header, rest } = await readHeader(sealed, name);
  const parsed = Header.safeParse(parseJson(header));
  if (!parsed.success) throw backupError('damaged', name);
  if (parsed.data.secret !== kindOf(secret)) throw backupError('wrong_key', name);
  const salt = Buffer.from(parsed.data.salt, 'hex');
  const master = await masterOf(secret, salt);
  if (!timingSafeEqual(checkOf(master, salt), Buffer.from(parsed.data.check, 'hex')))
    throw backupError('wrong_key', name);
  const key = keyOf(master, salt, label, header);
  let number = 0;
  for await (const { chunk, isLast } of inChunks(rest, CHUNK_BYTES + TAG_BYTES)) {
    if (chunk.length < TAG_BYTES) throw backupError('damaged', name);
    const decipher = createDecipheriv(CIPHER, key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
    const open = decipher.update(chunk.subarray(0, -TAG_BYTES));
    try {
      decipher.final();
    } catch (cause) {
      throw backupError('damaged', name, cause);
    }
    if (open.length > 0) yield open;
    number += 1;
  }
}

function kindOf(secret: BackupSecret): 'key' | 'passphrase' {
  return 'key' in secret ? 'key' : 'passphrase';
}

const scryptAsync = promisify<string, Buffer, number, typeof SCRYPT, Buffer>(scrypt);

async function masterOf(secret: BackupSecret, salt: Buffer): Promise<Buffer> {
  return 'key' in secret ? secret.key : scryptAsync(secret.passphrase.normalize('NFC'), salt, 32, SCRYPT);
}

function keyOf(master: Buffer, salt: Buffer, { part, name }: ArchiveLabel, header: string): Buffer {
  return Buffer.from(hkdfSync(HASH, master, salt, `elder backup\n${part}\n${name}\n${header}`, 32));
}

function checkOf(master: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync(HASH, master, salt, 'elder backup key check', 16));
}

/** 96 bits: 11 bytes of the number and one that tells the last. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Chunks of the same length; the last may be shorter, and there is always one. */
async function* inChunks(
  body: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ chunk: Buffer; isLast: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const bytes of body) {
    held = held.length === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : Buffer.concat([held, bytes]);
    // One that is full may be the last: it waits until more came.
    while (held.length > length) {
      yield { chunk: held.subarray(0, length), isLast: false };
      held = held.subarray(length);
    }
  }
  yield { chunk: held, isLast: true };
}

async function readHeader(
  sealed: AsyncIterable<Uint8Array>,
  name: string,
): Promise<{ header: string; rest: AsyncIterable<Uint8Array> }> {
  const chunks = sealed[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  for (;;) {
    const magic = held.subarray(0, MAGIC.length).toString('latin1');
    if (/^ELDER-BACKUP \d/.test(magic) && !magic.startsWith(MAGIC.trimEnd())) throw backupError('newer', name);
    if (!MAGIC.startsWith(magic)) throw backupError('damaged', name);
    const end = held.indexOf('\n', MAGIC.length);
    if (end >= 0) {
      const header = held.subarray(MAGIC.length, end + 1).toString('latin1');
      return { header, rest: chain(held.subarray(end + 1), chunks) };
    }
    const { value, done } = await chunks.next();
    if (done || held.length > LONGEST_HEADER) throw backupError('damaged', name);
    held = Buffer.concat([held, value]);
  }
}

async function* chain(first: Buffer, others: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
  } finally {
    await others.return?.();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
