import { decodeBase64, Envelope, isSignedBy, writeEnvelope } from './dsse';
import { hashEvidence } from './entry';
import { type PublicKey, readDer } from './keys';
import { AuditStatement, encodeStatement } from './statement';

/** Why a file is no evidence, or none that holds. */
export type EvidenceProblem =
  | 'not-json'
  | 'not-an-envelope'
  | 'not-as-written'
  | 'bad-signature'
  | 'unknown-key'
  | 'not-a-statement';

export interface CheckedEvidence {
  statement: AuditStatement;
  /** Of the envelope. */
  hash: string;
  keyId: string;
  /** Whether the key is one the asker named; else it is the one that the evidence brings along. */
  isKeyPinned: boolean;
}

export type EvidenceCheck = ({ problem: null } & CheckedEvidence) | { problem: EvidenceProblem };

/**
 * Checks one envelope, without its line end. `keys`: those that are trusted; null takes the key that the evidence names
 * itself, which shows that nothing was changed and not who signed.
 */
export function checkEvidence(text: string, keys: readonly PublicKey[] | null): EvidenceCheck {
  const envelope = readEnvelope(text);
  if (typeof envelope === 'string') return { problem: envelope };
  const payload = decodeBase64(envelope.payload);
  const [{ keyid, sig }] = envelope.signatures;
  if (!payload || !decodeBase64(sig) || writeEnvelope(envelope) !== text) return { problem: 'not-as-written' };
  if (keys && !keys.some(({ id }) => id === keyid)) return { problem: 'unknown-key' };
  const statement = readStatement(payload);
  const key = keys?.find(({ id }) => id === keyid) ?? (statement && ownKey(statement));
  if (!key) return { problem: 'not-a-statement' };
  if (key.id !== keyid || !isSignedBy(envelope, payload, key.key)) return { problem: 'bad-signature' };
  if (!statement) return { problem: 'not-a-statement' };
  if (ownKey(statement)?.id !== key.id) return { problem: 'bad-signature' };
  return { problem: null, statement, hash: hashEvidence(text), keyId: key.id, isKeyPinned: keys !== null };
}

function readEnvelope(text: string): Envelope | EvidenceProblem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not-json';
  }
  const envelope = Envelope.safeParse(value);
  return envelope.success ? envelope.data : 'not-an-envelope';
}

function readStatement(payload: Buffer): AuditStatement | null {
  try {
    const statement = AuditStatement.safeParse(JSON.parse(payload.toString('utf8')));
    return statement.success && encodeStatement(statement.data).equals(payload) ? statement.data : null;
  } catch {
    return null;
  }
}

function ownKey({ predicate }: AuditStatement): PublicKey | null {
  const der = decodeBase64(predicate.producer.publicKey);
  return der && readDer(der);
}
