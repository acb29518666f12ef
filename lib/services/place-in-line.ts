import type { Tx } from '@/lib/db/client';
import type { ManualAuditRequest } from '@/lib/schemas/audits';

type Priority = ManualAuditRequest['priority'];

/** How many places an audit takes in its team's line. */
const PLACES = { high: 1, normal: 4, low: 16 } as const;
const MAX_PRIORITY = 2_000_000;

/** Rank in the queues, lower first, of an audit whose team has so many under way. */
export function placeAfter(underWay: number, priority: Priority): number {
  return Math.min(MAX_PRIORITY, PLACES[priority] * (underWay + 1));
}

/** Teams take turns: the more audits a team has under way, the further back its next one stands. */
export async function placeInLine(tx: Tx, teamId: string, priority: Priority): Promise<number> {
  const active = await tx.audit.count({ where: { project: { teamId }, status: { in: ['queued', 'running'] } } });
  return placeAfter(active, priority);
}
