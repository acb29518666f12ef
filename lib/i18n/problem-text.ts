import type { Messages } from './messages';

/** The text of an error code; a code we do not know reads as an internal error. */
export function problemText(t: Messages, code: string): string {
  const texts: Record<string, string> = t.errors.codes;
  return (Object.hasOwn(texts, code) ? texts[code] : undefined) ?? t.errors.codes.internal;
}
