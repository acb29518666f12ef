import type { Messages } from '@/lib/i18n/messages';
import { LONGEST_REASON } from '@/lib/schemas/triage';

type Words = Messages['triage']['dialog'];

/** What is wrong with a reason; null when nothing is. */
export function reasonProblem(reason: string, words: Words): string | null {
  const { length } = reason.trim();
  if (length === 0) return words.reasonMissing;
  return length > LONGEST_REASON ? words.reasonTooLong(LONGEST_REASON) : null;
}

/** What is wrong with a last day; days are those of UTC, as verdicts count them. */
export function dayProblem(day: string, now: Date, words: Words): string | null {
  const text = day.trim();
  if (text === '') return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) return words.untilWrong;
  return text < now.toISOString().slice(0, 10) ? words.untilPast : null;
}
