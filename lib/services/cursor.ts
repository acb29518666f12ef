import * as z from 'zod';
import { AppError } from '@/lib/errors';

/** Text of a cursor: PostgreSQL takes no NUL. */
export const CursorText = z
  .string()
  .max(300)
  .refine((text) => !text.includes('\u0000'));
/** A time that a cursor of ours can hold; PostgreSQL knows no year 0. */
export const CursorTime = z.iso.datetime().refine((text) => text >= '1970');

/** An opaque place in a sorted list. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The place of a list whose cursors have these parts; null without a cursor. Throws `invalid_request` on any other text. */
export function decodeCursor<Parts extends z.ZodType>(cursor: string | undefined, parts: Parts): z.infer<Parts> | null {
  if (cursor === undefined) return null;
  try {
    return parts.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (error) {
    // Whatever is not ours is refused the same way.
    throw new AppError('invalid_request', 'cursor: not one this list gave out', { cause: error });
  }
}
