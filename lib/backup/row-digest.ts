import { hash } from 'node:crypto';

const LINE_END = 10;
const LIMBS = 8;
const LIMB = 2 ** 32;

/**
 * Digest of the rows of a table in the text format of `COPY`, whatever their order: the sum, modulo 2^256, of the SHA-256 of
 * each line. Orders differ between hosts, as their collations do.
 */
export function createRowDigest(): { add: (chunk: Uint8Array) => void; end: () => { rows: number; digest: string } } {
  const sum = new Float64Array(LIMBS);
  let rows = 0;
  let held: Uint8Array[] = [];
  const addLine = (line: Uint8Array) => {
    const digest = hash('sha256', line, 'buffer');
    let carry = 0;
    for (let limb = LIMBS - 1; limb >= 0; limb -= 1) {
      const value = (sum[limb] ?? 0) + digest.readUInt32BE(4 * limb) + carry;
      carry = value >= LIMB ? 1 : 0;
      sum[limb] = value - carry * LIMB;
    }
    rows += 1;
  };
  return {
    add: (chunk) => {
      let from = 0;
      for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
        const line = chunk.subarray(from, end);
        addLine(held.length === 0 ? line : Buffer.concat([...held, line]));
        held = [];
        from = end + 1;
      }
      if (from < chunk.length) held.push(Uint8Array.from(chunk.subarray(from)));
    },
    end: () => {
      if (held.length > 0) throw new Error('the last row does not end');
      return { rows, digest: [...sum].map((limb) => limb.toString(16).padStart(8, '0')).join('') };
    },
  };
}
