import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';
import type { EncryptionKey, KeyRing } from './key-ring';

/** The cell of the database a secret lies in: what was sealed for one cell opens in no other. */
export interface SecretPlace {
  /** The team that owns it; `instance` where none does. */
  teamId: string;
  table: string;
  rowId: string;
  column: string;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: 96 bits, drawn at random. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a text with AES-256-GCM under the newest key: `v1.<key id>.<nonce, text and tag in base64url>`. */
export function sealSecret(ring: KeyRing, place: SecretPlace, text: string): string {
  return sealWith(ring.current, place, text);
}

/**
 * Opens what `sealSecret` made. Throws `unavailable`, which names the key id, when the key is not there, and `internal` when
 * the sealed text was changed or moved from its place.
 */
export function openSecret(ring: KeyRing, place: SecretPlace, sealed: string): string {
  const [version, keyId, body, ...rest] = sealed.split('.');
  if (version !== VERSION || !keyId || !body || rest.length > 0) throw damaged(place);
  const key = ring.find(keyId);
  if (!key) {
    throw new AppError('unavailable', `the encryption key ${keyId} is missing: give it in ENCRYPTION_KEY_PREVIOUS`, {
      details: { keyId },
    });
  }
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw damaged(place);
  const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(key.id, place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw damaged(place, cause);
  }
}

/** Of the key a secret was sealed with; null when it is no sealed secret. */
export function keyIdOf(sealed: string): string | null {
  const [version, keyId, body] = sealed.split('.');
  return version === VERSION && keyId && body ? keyId : null;
}

function sealWith(key: EncryptionKey, place: SecretPlace, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(key.id, place));
  const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${key.id}.${body.toString('base64url')}`;
}

function associatedData(keyId: string, { teamId, table, rowId, column }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, teamId, table, rowId, column]));
}

function damaged({ table, rowId, column }: SecretPlace, cause?: unknown): AppError {
  return new AppError('internal', `the secret in ${table}.${column} of ${rowId} does not open`, { cause });
}
