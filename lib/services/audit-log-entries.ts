import { type HashedEntry, hashEntry } from '@/lib/auth/log-chain';
import { db } from '@/lib/db/client';
import type { AuditLogCheck } from '@/lib/schemas/audit-log';

const BATCH = 1_000;

/** A place in a chain: an entry's number and hash; 0 and '' before the first. */
export interface Place {
  sequence: number;
  hash: string;
}

type Broken = NonNullable<AuditLogCheck['broken']>;

interface Span {
  from: Place;
  to: Place;
  /** What is known of an entry's hash from elsewhere; false breaks the chain there. */
  isRight?: (place: Place) => boolean;
}

/** Computes the hashes of a part of a chain anew, from a place that is trusted, and names the first entry that is not as it was written. */
export async function checkEntries(
  chain: string,
  { from, to, isRight }: Span,
): Promise<{ reached: Place; broken: Broken | null }> {
  let reached = from;
  const stop = (sequence: number, reason: Broken['reason']) => ({ reached, broken: { sequence, reason } });
  while (reached.sequence < to.sequence) {
    const rows = await db().auditLogEntry.findMany({
      where: { chain, sequence: { gt: reached.sequence, lte: to.sequence } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
    });
    for (const { id: _, hash, at, ...row } of rows) {
      const sequence = reached.sequence + 1;
      if (row.sequence !== sequence) return stop(sequence, 'missing');
      const entry: HashedEntry = { ...row, chain, sequence, at: at.toISOString() };
      if (hashEntry(entry, reached.hash) !== hash) return stop(sequence, 'changed');
      if (isRight && !isRight({ sequence, hash })) return stop(sequence, 'signed');
      reached = { sequence, hash };
    }
    if (rows.length < BATCH && reached.sequence < to.sequence) return stop(reached.sequence + 1, 'cut');
  }
  return to.hash === reached.hash ? { reached, broken: null } : stop(to.sequence, 'changed');
}
