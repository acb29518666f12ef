import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';
import type { PublicKey } from '@/lib/evidence/keys';
import type { AuditLogCheck } from '@/lib/schemas/audit-log';
import { checkEntries } from './audit-log-entries';
import { isSignedHead, listLogKeys, listSignedHeads, type SignedHead } from './audit-log-heads';
import { createSharedReads } from './shared-reads';

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

/**
 * Computes every hash of a chain anew, compares them with its signed heads and names the first entry that is not as it was
 * written. `keys`: those whose signatures count; unless given, those that the database knows.
 */
export async function checkLogChain(chain: string, keys?: readonly PublicKey[]): Promise<AuditLogCheck> {
  // Read before the entries: what is appended meanwhile must not look like a difference.
  const signed = await listSignedHeads(chain);
  const head = await db().auditLogHead.findFirst({ where: { chain } });
  const end = { sequence: head?.sequence ?? 0, hash: head?.hash ?? '' };
  const newest = await newestOf(chain, signed, keys ?? (await listLogKeys()));
  const hashes = new Map(newest.counted.map(({ sequence, hash }) => [sequence, hash]));
  const { reached, broken } = await checkEntries(chain, {
    from: { sequence: 0, hash: '' },
    to: end,
    isRight: ({ sequence, hash }) => (hashes.get(sequence) ?? hash) === hash && !newest.forged.has(sequence),
  });
  // Signed, and gone since: the head was put back as well.
  const lost = broken ? undefined : newest.counted.find(({ sequence }) => sequence > end.sequence);
  const found = lost ? { sequence: end.sequence + 1, reason: 'cut' as const } : broken;
  return {
    isIntact: found === null,
    entries: reached.sequence,
    head: reached.hash || null,
    broken: found,
    signed: found ? null : newest.view,
  };
}

/** Signatures are checked from the newest on, up to so many: each speaks of all entries before it. */
const CHECKED_SIGNATURES = 200;

async function newestOf(chain: string, signed: readonly SignedHead[], keys: readonly PublicKey[]) {
  const { id: instanceId } = await db().instance.findFirstOrThrow({ select: { id: true } });
  // Of a key that is not among them nothing is known, neither that it is ours nor that it is not.
  const counted = signed.filter(({ keyId }) => keys.some(({ id }) => id === keyId));
  const isForged = (head: SignedHead) => !isSignedHead({ instanceId, chain }, head, keys);
  const forged = new Set(
    counted
      .slice(-CHECKED_SIGNATURES)
      .filter(isForged)
      .map(({ sequence }) => sequence),
  );
  const last = counted.at(-1);
  const view = last ? { sequence: last.sequence, at: last.signedAt.toISOString(), keyId: last.keyId } : null;
  return { counted, forged, view };
}
