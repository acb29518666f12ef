import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'elder_';

/** A new API token, shown once. */
export function createTokenValue(): string {
  return PREFIX + randomBytes(24).toString('base64url');
}

/** A new value for a one-time link. */
export function createLinkValue(): string {
  return randomBytes(24).toString('base64url');
}

/** How tokens and links are kept: SHA-256, hexadecimal. They are random, so no salt is needed. */
export function hashSecret(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
