import type { MarkStatus } from '@/components/marks/status-drawings';
import { fill } from '@/lib/i18n/fill';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { DeliverySummary } from '@/lib/schemas/webhooks';

export const DELIVERY_MARKS: Record<DeliverySummary['status'], MarkStatus> = {
  received: 'waiting',
  processed: 'passed',
  ignored: 'not_applicable',
  failed: 'error',
};

/** What came of it, as a sentence; empty until then. */
export function outcomeText({ outcome }: Pick<DeliverySummary, 'outcome'>, t: Messages): string {
  if (!outcome) return '';
  const text = textOf(t.webhooks.outcome, outcome.id);
  return text
    ? fill(text, Object.fromEntries(Object.entries(outcome.data).map(([key, value]) => [key, String(value)])))
    : outcome.id;
}

/** The event as its host names it. */
export function eventText({ event, action }: Pick<DeliverySummary, 'event' | 'action'>): string {
  return action ? `${event} · ${action}` : event;
}
