import { problemOf } from '@/components/api/client';
import type { Messages } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { textOf } from '@/lib/i18n/text-of';

/** Why a report was refused, and what would be right. */
export function uploadErrorText(t: Messages, error: unknown): string {
  const words = t.imports.upload;
  const { code, details } = problemOf(error);
  const { problem, reason } = details;
  if (typeof problem === 'string') return textOf(words.problems, problem) ?? problemText(t, code);
  if (reason === 'limit') return words.tooManySources;
  return code === 'payload_too_large' ? words.invalid.large : problemText(t, code);
}
