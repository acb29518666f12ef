import type { AuditUpdate } from '@/lib/realtime/events';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { applyToOverview } from './apply-event';

/**
 * The newest events of running audits. An answer that was on its way while an event arrived is older than the event:
 * what it lacks is put in again.
 */
export function createRecentEvents() {
  const byAudit = new Map<string, Map<string, AuditUpdate>>();

  return {
    add: (event: AuditUpdate) => {
      const events = byAudit.get(event.auditId) ?? new Map<string, AuditUpdate>();
      events.set(event.magic?.magic ?? '', event);
      byAudit.set(event.auditId, events);
    },
    forget: (auditId: string) => {
      byAudit.delete(auditId);
    },
    clear: () => byAudit.clear(),
    /** The same object when it lacks nothing. */
    putInto: (overview: ProjectOverview): ProjectOverview => {
      const { running, runningSequence } = overview;
      const events = running ? byAudit.get(running.auditId) : undefined;
      if (!events) return overview;
      return [...events.values()]
        .filter(({ sequence }) => sequence > (runningSequence ?? 0))
        .sort((a, b) => a.sequence - b.sequence)
        .reduce((shown, event) => applyToOverview(shown, event) ?? shown, overview);
    },
  };
}
