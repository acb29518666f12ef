import type { Logger } from '@/lib/logger';
import type { MagicId } from '@/lib/magics/types';
import { publishAuditUpdate } from '@/lib/services/audit-events';

export interface Announcer extends AsyncDisposable {
  /**
   * Tells that something of an audit changed. Progress within a moment makes one event; what a magic says does not wait
   * for the moment to end.
   */
  tell: (auditId: string, magic?: MagicId) => void;
}

const EVERY_MS = 250;

export function createAnnouncer(log: Logger): Announcer {
  const waiting = new Map<string, Set<MagicId>>();
  const running = new Map<string, Promise<void>>();
  const wakers = new Map<string, () => void>();

  function pause(auditId: string): Promise<void> {
    if (hasMagics(auditId)) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS);
      wakers.set(auditId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  const hasMagics = (auditId: string) => (waiting.get(auditId)?.size ?? 0) > 0;

  async function drain(auditId: string): Promise<void> {
    for (;;) {
      const magics = waiting.get(auditId);
      if (!magics) {
        running.delete(auditId);
        return;
      }
      waiting.delete(auditId);
      try {
        await publishAuditUpdate(auditId, [...magics]);
      } catch (err) {
        log.warn({ err, auditId }, 'event could not be sent');
      }
      await pause(auditId);
      wakers.delete(auditId);
    }
  }

  return {
    tell(auditId, magic) {
      const magics = waiting.get(auditId) ?? new Set();
      if (magic) magics.add(magic);
      waiting.set(auditId, magics);
      if (magic) wakers.get(auditId)?.();
      if (!running.has(auditId)) running.set(auditId, drain(auditId));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running.values());
    },
  };
}
