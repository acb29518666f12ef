import * as z from 'zod';
import { Instant } from './common';

/** GET /evidence/keys */
export const EvidenceKeyList = z.object({
  instanceId: z.uuid().describe('What this installation calls itself in its evidence'),
  items: z.array(
    z.object({
      keyId: z.string().describe('SHA-256 of the public key in DER'),
      algorithm: z.literal('ed25519'),
      publicKey: z.string().describe('PEM'),
      since: Instant.describe('When it first signed, or was made by a rotation'),
    }),
  ),
});
export type EvidenceKeyList = z.infer<typeof EvidenceKeyList>;

/** What the page of an audit says of its evidence. */
export const EvidenceView = z.object({
  sequence: z.number().int().describe('Place in the chain of the project'),
  keyId: z.string(),
  hash: z.string().describe('SHA-256 of the envelope'),
});
export type EvidenceView = z.infer<typeof EvidenceView>;
