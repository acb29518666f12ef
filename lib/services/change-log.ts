import type { Context } from '@/lib/auth/context';
import { appendLogEntry, type LogEntry } from '@/lib/auth/log-chain';
import type { Tx } from '@/lib/db/client';

export type Change = Omit<LogEntry, 'actorId' | 'address'>;

/**
 * Writes down who changed what, in the transaction of the change. It holds the team's chain to the end of the transaction,
 * so it comes last.
 */
export async function recordChange(tx: Tx, ctx: Pick<Context, 'userId' | 'address'>, change: Change): Promise<void> {
  await appendLogEntry(tx, { ...change, actorId: ctx.userId, address: ctx.address });
}
