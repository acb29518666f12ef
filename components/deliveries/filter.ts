import type { DeliverySummary } from '@/lib/schemas/webhooks';

export const PAGE_SIZE = 50;

export const SHOWN_STATUSES = [
  'received',
  'processed',
  'ignored',
  'failed',
] as const satisfies readonly DeliverySummary['status'][];

export function parseDeliveryFilter(parameters: { get: (name: string) => string | null }): {
  status: DeliverySummary['status'] | null;
} {
  const asked = parameters.get('status');
  return { status: SHOWN_STATUSES.find((status) => status === asked) ?? null };
}
