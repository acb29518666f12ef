import { isAppError } from '@/lib/errors';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import type { Language } from '@/lib/magics/types';

/** What went wrong with a store, a backup or the database, and what to do about it. */
export function problemSentence(error: unknown, language: Language): string {
  const t = INSTANCE_TEXTS[language];
  const { problem, what, place } = (isAppError(error) && error.details) || {};
  const sentences: Readonly<Record<string, string>> = t.problems;
  const sentence = typeof problem === 'string' ? sentences[problem] : undefined;
  if (sentence) return `${sentence} (${String(what ?? place)})`;
  const code = (error as { code?: unknown }).code;
  const known: Readonly<Record<string, string>> = t.database;
  if (typeof code === 'string' && known[code]) return known[code];
  return error instanceof Error ? error.message : String(error);
}
