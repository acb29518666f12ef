import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { sshString, uint32 } from './wire';

export interface NewSshKey {
  /** One line of `authorized_keys`. */
  publicKey: string;
  /** As ssh reads it from a file, without a passphrase. */
  privateKey: string;
}

const TYPE = 'ssh-ed25519';
const LINE = 70;
/** Of the cipher `none`. */
const BLOCK = 8;

/** A new Ed25519 key in OpenSSH's own formats (openssh-portable, PROTOCOL.key). */
export function newSshKey(comment: string): NewSshKey {
  const pair = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const secret = Buffer.from(pair.d ?? '', 'base64url');
  const point = Buffer.from(pair.x ?? '', 'base64url');
  const publicPart = Buffer.concat([sshString(TYPE), sshString(point)]);
  // The same number twice tells a reader that it deciphered well.
  const check = randomBytes(4);
  const own = Buffer.concat([check, check, publicPart, sshString(Buffer.concat([secret, point])), sshString(comment)]);
  const padding = Buffer.from(Array.from({ length: (BLOCK - (own.length % BLOCK)) % BLOCK }, (_, at) => at + 1));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    uint32(1),
    sshString(publicPart),
    sshString(Buffer.concat([own, padding])),
  ]);
  const lines = whole.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return {
    publicKey: `${TYPE} ${publicPart.toString('base64')} ${comment}`,
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
  };
}
