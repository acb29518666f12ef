import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { sealEnvelope, writeEnvelope } from './dsse';
import { derOf, keyIdOf } from './keys';
import { type AuditResultPredicate, AuditStatement, buildStatement, encodeStatement } from './statement';

/** A private key and what others know it by. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

type Producer = AuditResultPredicate['producer'];

/** What is told of an audit before it is known who signs. */
export interface EvidenceFacts extends Omit<AuditResultPredicate, 'producer'> {
  commit: string;
  repositoryUrl: string | null;
  producer: Omit<Producer, 'name' | 'publicKey'>;
}

export function signingKeyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  return { id: keyIdOf(publicKey), privateKey, publicKey };
}

/** The signed envelope of an audit, on one line. Throws what would not hold when it is checked. */
export function signEvidence(facts: EvidenceFacts, key: SigningKey): string {
  const { commit, repositoryUrl, producer, ...told } = facts;
  const statement = buildStatement(
    { commit, repositoryUrl },
    {
      ...told,
      producer: { ...producer, name: 'Ancient Elder', publicKey: derOf(key.publicKey).toString('base64') },
    },
  );
  return writeEnvelope(sealEnvelope(encodeStatement(AuditStatement.parse(statement)), key));
}

/** SHA-256, hexadecimal, of an envelope's text: what the next one of the project names. */
export function hashEvidence(envelope: string): string {
  return createHash('sha256').update(envelope).digest('hex');
}
