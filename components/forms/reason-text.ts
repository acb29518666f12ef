import { problemOf } from '@/components/api/client';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';

/** Why a change of access was refused, where its code alone does not say it. */
export function reasonText(t: Messages, error: unknown): string | undefined {
  const { reason } = problemOf(error).details;
  return typeof reason === 'string' ? textOf(t.access.reasons, reason) : undefined;
}
