import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

/** A key that signatures are checked with. */
export interface PublicKey {
  id: string;
  key: KeyObject;
}

const PEM = /-----BEGIN PUBLIC KEY-----[\sA-Za-z0-9+/=]*?-----END PUBLIC KEY-----/g;
const KeyList = z.object({ items: z.array(z.object({ publicKey: z.string() })) });

/** SHA-256, hexadecimal, of the public key in DER. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256').update(derOf(publicKey)).digest('hex');
}

/** SubjectPublicKeyInfo. */
export function derOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

export function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** The key in DER; null when it is no Ed25519 key. */
export function readDer(der: Uint8Array): PublicKey | null {
  return read(() => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }));
}

/** Ed25519 keys of a file: PEM, one or more, or the answer of `GET /evidence/keys`. */
export function readPublicKeys(text: string): PublicKey[] {
  const pems = text.trimStart().startsWith('{') ? pemsOfList(text) : text;
  return [...pems.matchAll(PEM)].flatMap(([pem]) => read(() => createPublicKey(pem)) ?? []);
}

function pemsOfList(text: string): string {
  try {
    return KeyList.parse(JSON.parse(text))
      .items.map(({ publicKey }) => publicKey)
      .join('\n');
  } catch {
    return '';
  }
}

function read(load: () => KeyObject): PublicKey | null {
  try {
    const key = load();
    return key.asymmetricKeyType === 'ed25519' ? { id: keyIdOf(key), key } : null;
  } catch {
    return null;
  }
}
