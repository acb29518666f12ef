import { AppError } from '@/lib/errors';

/** An opaque place in a sorted list. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Throws `invalid_request` when the cursor was not made by `encodeCursor` with as many parts. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === length && parts.every(isScalar)) return parts;
  } catch {
    // Falls through: any text that is not ours is refused the same way.
  }
  throw new AppError('invalid_request', 'cursor: not one this list gave out');
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
