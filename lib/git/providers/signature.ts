import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SHA-256 HMAC, as bytes. */
export function hmacOf(key: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Whether `sha256=<hex>` is the HMAC of the bytes. An empty secret signs nothing. */
export function isHubSignature(given: string | undefined, body: Uint8Array, secret: string): boolean {
  const expected = hmacOf(secret || 'none', body);
  return isSameBytes(hexBytes(given?.startsWith('sha256=') ? given.slice(7) : ''), expected) && secret !== '';
}

/** Whether the hex digits are the HMAC of the bytes. */
export function isHexSignature(given: string | undefined, body: Uint8Array, secret: string): boolean {
  return isSameBytes(hexBytes(given ?? ''), hmacOf(secret || 'none', body)) && secret !== '';
}

/** Compares texts of any length in a time that tells nothing of where they differ. */
export function isSameText(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [one, other].map((bytes) => createHash('sha256').update(bytes).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function hexBytes(text: string): Buffer {
  return /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.alloc(0);
}
