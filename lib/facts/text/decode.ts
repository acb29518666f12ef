/** Larger blobs are not read. */
export const MAX_BLOB_BYTES = 2 * 1024 * 1024;

/** Longer lines are never written by hand. */
export const MAX_LINE_CHARACTERS = 20_000;

export interface DecodedText {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  hasByteOrderMark: boolean;
}

const PROBE_BYTES = 8_000;

/** Text of a blob, null when it is binary. Invalid bytes become U+FFFD; a byte order mark is taken off. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(bytes, 'utf-16be');
  const hasByteOrderMark = first === 0xef && second === 0xbb && third === 0xbf;
  if (bytes.subarray(0, PROBE_BYTES).includes(0)) return null;
  const text = new TextDecoder('utf-8').decode(bytes);
  return looksBinary(text) ? null : { text, encoding: 'utf-8', hasByteOrderMark };
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText | null {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.includes('\u0000') || looksBinary(text) ? null : { text, encoding, hasByteOrderMark: true };
}

/** Compressed data without a NUL decodes to many replacement characters; Latin-1 prose to a few. */
function looksBinary(text: string): boolean {
  const probe = text.slice(0, PROBE_BYTES);
  let invalid = 0;
  for (let at = probe.indexOf('\ufffd'); at >= 0; at = probe.indexOf('\ufffd', at + 1)) invalid += 1;
  return invalid > 16 && invalid > probe.length * 0.1;
}

/** The same lines, each cut where no hand writes on. */
export function cutOverlongLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_CHARACTERS))
    .join('\n');
}

export function hasOverlongLine(text: string): boolean {
  if (text.length <= MAX_LINE_CHARACTERS) return false;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    if ((end < 0 ? text.length : end) - start > MAX_LINE_CHARACTERS) return true;
    if (end < 0) return false;
    start = end + 1;
  }
  return false;
}
