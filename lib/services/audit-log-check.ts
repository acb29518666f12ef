import type { Context } from '@/lib/auth/context';
import { type HashedEntry, hashEntry } from '@/lib/auth/log-chain';
import { requirePermission } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';
import type { AuditLogCheck } from '@/lib/schemas/audit-log';
import { createSharedReads } from './shared-reads';

const BATCH = 1_000;

/** Each check reads the whole log. */
const asked = createRateLimiter(20, 10 * 60_000);
const readShared = createSharedReads<AuditLogCheck>();

/** Whether the log of the team is as it was written. Throws `rate_limited` for somebody who asks too often. */
export async function checkAuditLog(ctx: Context, teamId: string): Promise<AuditLogCheck> {
  requirePermission(ctx, teamId, 'log.read');
  asked.take(`${teamId} ${ctx.userId}`);
  return readShared(teamId, () => checkLogChain(teamId));
}

/** Chains that hold entries: of each team, and of the instance. */
export async function listLogChains(): Promise<string[]> {
  const heads = await db().auditLogHead.findMany({ select: { chain: true }, orderBy: { chain: 'asc' } });
  return heads.map(({ chain }) => chain);
}

/** Computes every hash of a chain anew and names the first entry that is not as it was written. */
export async function checkLogChain(chain: string): Promise<AuditLogCheck> {
  // Read before the entries: what is appended meanwhile must not look like a difference.
  const head = await db().auditLogHead.findFirst({ where: { chain } });
  const end = head?.sequence ?? 0;
  let previous = '';
  let sequence = 0;
  while (sequence < end) {
    const rows = await db().auditLogEntry.findMany({
      where: { chain, sequence: { gt: sequence, lte: end } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
    });
    for (const { id: _, hash, at, ...row } of rows) {
      sequence += 1;
      if (row.sequence !== sequence) return broken(sequence, 'missing', previous);
      const entry: HashedEntry = { ...row, chain, sequence, at: at.toISOString() };
      if (hashEntry(entry, previous) !== hash) return broken(sequence, 'changed', previous);
      previous = hash;
    }
    if (rows.length < BATCH && sequence < end) return broken(sequence + 1, 'cut', previous);
  }
  if (head && head.hash !== previous) return broken(end, 'changed', previous);
  return { isIntact: true, entries: sequence, head: head?.hash ?? null, broken: null };
}

function broken(sequence: number, reason: NonNullable<AuditLogCheck['broken']>['reason'], head: string): AuditLogCheck {
  return { isIntact: false, entries: sequence - 1, head: head || null, broken: { sequence, reason } };
}
