import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'elder_';

/** A new API token, shown once. */
export function createTokenValue(): string {
  return PREFIX + randomBytes(24).toString('base64url');
}

/** What is kept of a token in the clear, for people to tell theirs apart: far too little to guess the rest. */
export function startOfToken(value: string): string {
  return value.slice(0, PREFIX.length + 4);
}

/** A new value for a one-time link. */
export function createLinkValue(): string {
  return randomBytes(24).toString('base64url');
}

/** How tokens and links are kept: SHA-256, hexadecimal. They are random, so no salt is needed. */
export function hashSecret(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
