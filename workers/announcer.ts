import type { Logger } from '@/lib/logger';
import type { MagicId } from '@/lib/magics/types';
import { publishAuditUpdate } from '@/lib/services/audit-events';

export interface Announcer extends AsyncDisposable {
  /** Tells that something of an audit changed; several changes within a moment make one event. */
  tell: (auditId: string, magic?: MagicId) => void;
}

const EVERY_MS = 250;

export function createAnnouncer(log: Logger): Announcer {
  const waiting = new Map<string, Set<MagicId>>();
  const running = new Map<string, Promise<void>>();

  async function drain(auditId: string): Promise<void> {
    for (;;) {
      const magics = waiting.get(auditId);
      if (!magics) {
        running.delete(auditId);
        return;
      }
      waiting.delete(auditId);
      const pause = new Promise<void>((resolve) => setTimeout(resolve, EVERY_MS));
      try {
        for (const magic of magics) await publishAuditUpdate(auditId, magic);
        if (magics.size === 0) await publishAuditUpdate(auditId);
      } catch (err) {
        log.warn({ err, auditId }, 'event could not be sent');
      }
      await pause;
    }
  }

  return {
    tell(auditId, magic) {
      const magics = waiting.get(auditId) ?? new Set();
      if (magic) magics.add(magic);
      waiting.set(auditId, magics);
      if (!running.has(auditId)) running.set(auditId, drain(auditId));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running.values());
    },
  };
}
