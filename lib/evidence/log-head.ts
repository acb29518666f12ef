import { type KeyObject, sign, verify } from 'node:crypto';
import type { SigningKey } from './entry';

/** Where a chain of the audit log stood, and when that was signed. */
export interface LogHead {
  instanceId: string;
  chain: string;
  sequence: number;
  /** Of the entry, which speaks of all before it. */
  hash: string;
  /** ISO 8601 */
  signedAt: string;
}

/** Base64, Ed25519. */
export function signLogHead(head: LogHead, { privateKey }: SigningKey): string {
  return sign(null, encode(head), privateKey).toString('base64');
}

export function isLogHeadSignedBy(head: LogHead, signature: string, publicKey: KeyObject): boolean {
  return verify(null, encode(head), publicKey, Buffer.from(signature, 'base64'));
}

/** No part holds a line end. The first line keeps it apart from whatever else the key signs. */
function encode({ instanceId, chain, sequence, hash, signedAt }: LogHead): Buffer {
  return Buffer.from(['elder-log-head-1', instanceId, chain, sequence, hash, signedAt].join('\n'));
}
