import type { Messages } from './messages';
import { textOf } from './text-of';

/** The text of an error code; a code we do not know reads as an internal error. */
export function problemText(t: Messages, code: string): string {
  return textOf(t.errors.codes, code) ?? t.errors.codes.internal;
}
