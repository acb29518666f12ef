import { SEVERITIES } from '@/lib/magics/types';
import type { AuditCompleted, AuditUpdate, FindingsChanged, UpdateFilter, WebhookChanged } from './events';

/** Between servers: every web process hands an event to its own sockets, each with its own filter. */
export interface Deliveries {
  deliver_update: (event: AuditUpdate) => void;
  deliver_completed: (event: AuditCompleted) => void;
  deliver_findings: (event: FindingsChanged) => void;
  deliver_webhook: (event: WebhookChanged) => void;
}

/** The update as a client with this filter sees it. It stays numbered: what is filtered out leaves no gap. */
export function filterUpdate(event: AuditUpdate, filter: UpdateFilter | null): AuditUpdate {
  if (!filter || !event.magic) return event;
  const { magic } = event;
  const isWanted =
    (!filter.magics || filter.magics.includes(magic.magic)) &&
    (!filter.severities || magic.status === 'running' || hasAny(magic.counts, filter.severities));
  return isWanted ? event : { ...event, magic: null };
}

function hasAny(counts: Record<string, number>, severities: readonly string[]): boolean {
  return SEVERITIES.some((severity) => severities.includes(severity) && (counts[severity] ?? 0) > 0);
}
