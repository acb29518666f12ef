import { db, query } from '@/lib/db/client';
import type { SigningKey } from '@/lib/evidence/entry';
import { type PublicKey, readPublicKeys } from '@/lib/evidence/keys';
import { isLogHeadSignedBy, type LogHead, signLogHead } from '@/lib/evidence/log-head';
import type { Logger } from '@/lib/logger';
import { checkEntries } from './audit-log-entries';
import { loadEvidenceKey, rememberKey } from './evidence-key';

/** Chains signed in one round; the rest waits for the next. */
const MOST_CHAINS = 500;

interface UnsignedHead {
  chain: string;
  sequence: number;
  hash: string;
  signedSequence: number | null;
  signedHash: string | null;
}

/** A head that somebody signed, as the database has it. */
export interface SignedHead {
  sequence: number;
  hash: string;
  keyId: string;
  signedAt: Date;
  signature: string;
}

/**
 * Signs where each chain of the audit log stands that has grown since. What came since is hashed anew first: a chain that
 * does not follow from its signed head is told and not signed.
 */
export async function signLogHeads(log: Logger, only?: string): Promise<{ signed: number }> {
  const key = await loadEvidenceKey();
  const instance = await db().instance.findFirstOrThrow({ select: { id: true } });
  let signed = 0;
  for (const head of await listUnsigned(key.id, only)) {
    const { chain, sequence, hash, signedSequence, signedHash } = head;
    const check = await checkEntries(chain, {
      from: { sequence: signedSequence ?? 0, hash: signedHash ?? '' },
      to: { sequence, hash },
    });
    if (check.broken) {
      log.error({ chain, ...check.broken }, 'the audit log does not follow from its signed head');
      continue;
    }
    await keepSignature({ instanceId: instance.id, chain, sequence, hash }, key);
    signed += 1;
  }
  return { signed };
}

/** The signed heads of a chain, in its order. */
export async function listSignedHeads(chain: string): Promise<SignedHead[]> {
  return db().auditLogSignature.findMany({
    where: { chain },
    orderBy: [{ sequence: 'asc' }, { signedAt: 'asc' }],
    select: { sequence: true, hash: true, keyId: true, signedAt: true, signature: true },
  });
}

/** Keys that signatures are checked with: the public halves that the database keeps. */
export async function listLogKeys(): Promise<PublicKey[]> {
  const rows = await db().evidenceKey.findMany({ select: { publicKey: true } });
  return rows.flatMap(({ publicKey }) => readPublicKeys(publicKey));
}

/** Whether one of the keys signed that the chain stood there. */
export function isSignedHead(
  { instanceId, chain }: Pick<LogHead, 'instanceId' | 'chain'>,
  { sequence, hash, keyId, signedAt, signature }: SignedHead,
  keys: readonly PublicKey[],
): boolean {
  const key = keys.find(({ id }) => id === keyId);
  const head = { instanceId, chain, sequence, hash, signedAt: signedAt.toISOString() };
  return key !== undefined && isLogHeadSignedBy(head, signature, key.key);
}

function listUnsigned(keyId: string, only: string | undefined): Promise<UnsignedHead[]> {
  return query<UnsignedHead>`
    select h.chain, h.sequence, h.hash, s.sequence as "signedSequence", s.hash as "signedHash"
    from audit_log_heads h
    left join lateral (
      select sequence, hash from audit_log_signatures where chain = h.chain order by sequence desc limit 1) s on true
    where h.sequence > 0 and (${only ?? null}::text is null or h.chain = ${only ?? null})
      and not exists (select from audit_log_signatures o
        where o.chain = h.chain and o.key_id = ${keyId} and o.sequence >= h.sequence)
    order by h.chain limit ${MOST_CHAINS}`;
}

async function keepSignature(head: Omit<LogHead, 'signedAt'>, key: SigningKey): Promise<void> {
  const { instanceId: _, ...kept } = head;
  const signedAt = new Date();
  const signature = signLogHead({ ...head, signedAt: signedAt.toISOString() }, key);
  await db().$transaction(async (tx) => {
    await rememberKey(tx, key);
    await tx.auditLogSignature.createMany({
      data: [{ ...kept, keyId: key.id, signedAt, signature }],
      skipDuplicates: true,
    });
  });
}
