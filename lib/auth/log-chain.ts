import { databaseTime, type Tx } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { canonicalJson, sha256 } from '@/lib/magics/hash';
import type { ChangeAction } from '@/lib/schemas/change-actions';

/** The chain of what belongs to no team. */
export const INSTANCE_CHAIN = 'instance';

export interface LogEntry {
  action: ChangeAction;
  actorId: string | null;
  teamId: string | null;
  target?: string | null;
  detail?: unknown;
  /** Only what the change touched, without secrets. */
  before?: unknown;
  after?: unknown;
  address?: string | null;
}

/** What an entry's hash speaks of. */
export interface HashedEntry {
  chain: string;
  sequence: number;
  at: string;
  actorId: string | null;
  teamId: string | null;
  action: string;
  target: string | null;
  detail: unknown;
  before: unknown;
  after: unknown;
  address: string | null;
}

/** SHA-256, hexadecimal, over the entry and the hash of the one before it; that of the first is empty. */
export function hashEntry(entry: HashedEntry, previousHash: string): string {
  return sha256('elder-log-1', previousHash, canonicalJson(entry));
}

/**
 * Appends to the audit log. Holds the team's chain to the end of the transaction: call it last, after the rows that
 * change are held.
 */
export async function appendLogEntry(tx: Tx, entry: LogEntry): Promise<void> {
  const chain = entry.teamId ?? INSTANCE_CHAIN;
  const [head] = await tx.$queryRaw<{ sequence: number; hash: string }[]>`
    insert into audit_log_heads (chain, sequence, hash) values (${chain}, 0, '')
    on conflict (chain) do update set chain = excluded.chain returning sequence, hash`;
  const at = await databaseTime(tx);
  const values = {
    chain,
    sequence: (head?.sequence ?? 0) + 1,
    actorId: entry.actorId,
    teamId: entry.teamId,
    action: entry.action,
    target: entry.target ?? null,
    detail: asStored(entry.detail) ?? {},
    before: asStored(entry.before),
    after: asStored(entry.after),
    address: entry.address ?? null,
  };
  const hash = hashEntry({ ...values, at: at.toISOString() }, head?.hash ?? '');
  const { before, after, detail, ...plain } = values;
  // Without reading it back: who may write an entry that belongs to no team may not read it.
  await tx.auditLogEntry.createMany({
    data: { ...plain, at, hash, detail: detail as Prisma.InputJsonValue, before: toJson(before), after: toJson(after) },
  });
  await tx.auditLogHead.update({ where: { chain }, data: { sequence: values.sequence, hash } });
}

/** As the database gives it back: without what JSON does not hold. */
function asStored(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function toJson(value: unknown) {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}
