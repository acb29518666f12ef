import { problemOf } from '@/components/api/client';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';

/** Why two audits cannot be compared, where the code alone does not say it. */
export function refusalText(t: Messages, error: unknown): string | undefined {
  const { reason } = problemOf(error).details;
  return typeof reason === 'string' ? textOf(t.compare.refused, reason) : undefined;
}
