import { generateKeyPairSync, randomBytes } from 'node:crypto';

const LOGIN_BYTES = 24;
const KEY_BYTES = 32;

/** In hex: fits into a URL as it is. */
export function newPassword(): string {
  return randomBytes(LOGIN_BYTES).toString('hex');
}

/** What sessions are signed with and secrets are sealed with. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** A private Ed25519 key in PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A login for SeaweedFS, and the file in which it is told of it. */
export function newObjectLogin(): Record<string, string> {
  const accessKey = randomBytes(10).toString('hex');
  const secretKey = newPassword();
  const actions = ['Admin', 'Read', 'Write', 'List', 'Tagging'];
  return {
    S3_ACCESS_KEY_ID: accessKey,
    S3_SECRET_ACCESS_KEY: secretKey,
    's3.json': JSON.stringify({ identities: [{ name: 'elder', credentials: [{ accessKey, secretKey }], actions }] }),
  };
}
