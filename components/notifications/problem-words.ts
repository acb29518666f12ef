import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';

/** What went wrong, in words. */
export function problemWords(code: string, t: Messages): string {
  return textOf(t.notifications.problems, code) ?? textOf(t.errors.codes, code) ?? code;
}
