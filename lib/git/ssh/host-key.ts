import { createHash } from 'node:crypto';
import { firstString } from './wire';

/** A public key as lines of `known_hosts` and `authorized_keys` name it. */
export interface HostKey {
  /** `ssh-ed25519` */
  type: string;
  /** In base64. */
  key: string;
}

const TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'];
const MAX_KEY = 4_096;

/** `<type> <base64>`; null for another text, and for a key that says of itself to be of another type. */
export function readHostKey(line: string): HostKey | null {
  const [type = '', key = ''] = line.trim().split(/\s+/, 2);
  if (!TYPES.includes(type) || key.length > MAX_KEY || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return null;
  return firstString(Buffer.from(key, 'base64')) === type ? { type, key } : null;
}

export function writeHostKey({ type, key }: HostKey): string {
  return `${type} ${key}`;
}

/** As `ssh-keygen -l` writes it. */
export function fingerprintOf({ key }: HostKey): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`;
}
