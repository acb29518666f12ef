import { type KeyObject, sign, verify } from 'node:crypto';
import * as z from 'zod';

/** What the envelope of an in-toto statement says its payload is. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** https://github.com/secure-systems-lab/dsse: one signature, by one key. */
export const Envelope = z.strictObject({
  payload: z.string(),
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
});
export type Envelope = z.infer<typeof Envelope>;

/** The pre-authentication encoding: what is signed. */
export function encodeForSigning(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** An envelope signed with an Ed25519 key. */
export function sealEnvelope(payload: Uint8Array, { id, privateKey }: { id: string; privateKey: KeyObject }): Envelope {
  const sig = sign(null, encodeForSigning(PAYLOAD_TYPE, payload), privateKey);
  return {
    payload: Buffer.from(payload).toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: id, sig: sig.toString('base64') }],
  };
}

/** The one text of an envelope: every other spelling of it is another file. */
export function writeEnvelope({ payload, payloadType, signatures: [{ keyid, sig }] }: Envelope): string {
  return JSON.stringify({ payload, payloadType, signatures: [{ keyid, sig }] });
}

export function isSignedBy(
  { payloadType, signatures: [{ sig }] }: Envelope,
  payload: Uint8Array,
  publicKey: KeyObject,
) {
  return verify(null, encodeForSigning(payloadType, payload), publicKey, Buffer.from(sig, 'base64'));
}

/** The bytes of a base64 text; null when it is not the one way to write them. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
