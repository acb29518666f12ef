import type { Messages } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { textOf } from '@/lib/i18n/text-of';

/** What a job does; of one that this release does not know, its name. */
export function jobKind(name: string, t: Messages): string {
  return textOf(t.operations.jobs, name) ?? name;
}

/** Why a job failed. */
export function causeText(code: string, t: Messages): string {
  return textOf(t.audit.jobErrors, code) ?? problemText(t, code);
}
