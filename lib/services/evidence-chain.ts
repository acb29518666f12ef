import type { Tx } from '@/lib/db/client';
import { type EvidenceFacts, hashEvidence, type SigningKey, signEvidence } from '@/lib/evidence/entry';
import packageJson from '@/package.json' with { type: 'json' };
import { rememberKey } from './evidence-key';

export type SettledAudit = Omit<EvidenceFacts, 'producer' | 'chain'>;

/**
 * Signs what an audit ended with and appends it to the project's chain, in the transaction that ends the audit. The caller
 * holds the project: entries of one chain are written one after the other.
 */
export async function appendEvidence(tx: Tx, settled: SettledAudit, key: SigningKey): Promise<void> {
  const { project, audit } = settled;
  const instance = await tx.instance.findFirstOrThrow({ select: { id: true } });
  const last = await tx.auditEvidence.findFirst({
    where: { projectId: project.id },
    orderBy: { sequence: 'desc' },
    select: { sequence: true, hash: true },
  });
  const chain = { sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? null };
  const producer = { version: packageJson.version, instanceId: instance.id };
  const envelope = signEvidence({ ...settled, producer, chain }, key);
  await rememberKey(tx, key);
  await tx.auditEvidence.create({
    data: {
      projectId: project.id,
      sequence: chain.sequence,
      auditId: audit.id,
      keyId: key.id,
      hash: hashEvidence(envelope),
      previousHash: chain.previous,
      envelope,
    },
  });
}
