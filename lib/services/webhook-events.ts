import { LRUCache } from 'lru-cache';
import type { Logger } from '@/lib/logger';
import { publishWebhook } from '@/lib/realtime/publish';

/** A burst of deliveries makes one event a moment; pages ask again by themselves now and then. */
const EVERY_MS = 1_000;
const told = new LRUCache<string, true>({ max: 5_000, ttl: EVERY_MS });

/** Tells the pages of a project that a delivery came, or what came of one. Waits for nothing. */
export function announceWebhook(project: { projectId: string; teamId: string }, log: Logger): void {
  const { projectId, teamId } = project;
  if (told.has(projectId)) return;
  told.set(projectId, true);
  publishWebhook({ projectId, teamId }).catch((err: unknown) =>
    log.warn({ err, projectId }, 'event could not be sent'),
  );
}
