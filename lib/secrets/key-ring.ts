import { createHash } from 'node:crypto';

export interface EncryptionKey {
  /** The first 8 bytes of the SHA-256 of the key, in hex: names it without telling it. */
  id: string;
  /** 32 bytes. */
  bytes: Buffer;
}

export interface KeyRing {
  /** Seals. */
  current: EncryptionKey;
  /** Any key that may still open something. */
  find: (id: string) => EncryptionKey | null;
}

const KEY_BYTES = 32;
/** A key drawn at random has at least this many different bytes, but for one in 10^15. */
const LEAST_DIFFERENT_BYTES = 16;

/** The key a person wrote, in hex or base64; null when it is not 32 bytes or was plainly not drawn at random. */
export function readEncryptionKey(text: string): EncryptionKey | null {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[\w+/-]{43}=?$/.test(text)
      ? Buffer.from(text, 'base64')
      : null;
  return bytes?.length === KEY_BYTES && new Set(bytes).size >= LEAST_DIFFERENT_BYTES ? encryptionKeyOf(bytes) : null;
}

/** Keys of a comma-separated list; null when one of them is no key. */
export function readEncryptionKeys(text: string): EncryptionKey[] | null {
  const keys = text.split(',').map((one) => readEncryptionKey(one.trim()));
  return keys.every((key) => key !== null) ? keys : null;
}

export function encryptionKeyOf(bytes: Buffer): EncryptionKey {
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
}

export function keyRingOf(current: EncryptionKey, previous: readonly EncryptionKey[]): KeyRing {
  const keys = new Map([...previous, current].map((key) => [key.id, key]));
  return { current, find: (id) => keys.get(id) ?? null };
}
