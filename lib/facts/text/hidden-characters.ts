import type { HiddenCharacterFact } from '@/lib/magics/facts/code';
import { codePoint } from '@/lib/magics/hidden-text';
import type { BlobRow } from '../blob-facts';

type Row = BlobRow<HiddenCharacterFact>;

/** Embeddings, overrides and isolates, which change the order in which text is shown. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
/** Fillers that show as nothing and count as letters. */
const FILLER = /[\u115f\u1160\u3164\uffa0]/;
const BYTE_ORDER_MARK = '\ufeff';
/** Tags and variation selectors of the supplementary planes, which carry text that nobody sees. */
const SURROGATE_OF_UNSEEN = '\udb40';
const NUL = '\u0000';
const SUSPECT = /[\u202a-\u202e\u2066-\u2069\u115f\u1160\u3164\uffa0\ufeff\udb40]/;
const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;
const MAX_ROWS = 50;

const isSuspect = (text: string): boolean => SUSPECT.test(text) || text.includes(NUL);

/** Characters that make text read differently from what it is, one row a line and form. */
export function findHiddenCharacters(text: string): Row[] {
  if (!isSuspect(text)) return [];
  const rows: Row[] = [];
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    if (rows.length >= MAX_ROWS) break;
    if (isSuspect(raw)) rows.push(...rowsOf(raw, line));
  }
  return rows;
}

function rowsOf(raw: string, line: number): Row[] {
  const rows: Row[] = [];
  const bidi = BIDI.exec(raw)?.[0];
  if (bidi !== undefined) rows.push({ line, form: isBalanced(raw) ? 'isolate' : 'bidi', text: codePoint(bidi) });
  const filler = HANGUL.test(raw.replace(/[\u115f\u1160\u3164\uffa0]/g, '')) ? undefined : FILLER.exec(raw)?.[0];
  if (filler !== undefined) rows.push({ line, form: 'invisible', text: codePoint(filler) });
  const unseen = unseenIn(raw);
  if (unseen !== null) rows.push({ line, form: 'invisible', text: codePoint(unseen) });
  if (raw.includes(BYTE_ORDER_MARK)) rows.push({ line, form: 'byte-order-mark', text: codePoint(BYTE_ORDER_MARK) });
  if (raw.includes(NUL)) rows.push({ line, form: 'nul', text: codePoint(NUL) });
  return rows;
}

/** Isolates that end on the line they begin on, without an override: how right-to-left words are set in a text. */
function isBalanced(raw: string): boolean {
  if (/[\u202a-\u202e]/.test(raw)) return false;
  let open = 0;
  for (const character of raw) {
    if (/[\u2066-\u2068]/.test(character)) open += 1;
    else if (character === '\u2069' && --open < 0) return false;
  }
  return open === 0;
}

/** Flags of regions end in tags, and one selector after an ideograph chooses its shape. */
function unseenIn(raw: string): string | null {
  if (!raw.includes(SURROGATE_OF_UNSEEN)) return null;
  let before = 0;
  let isFlag = false;
  for (const character of raw) {
    const code = character.codePointAt(0) ?? 0;
    const isTag = code >= 0xe0000 && code <= 0xe007f;
    const isSelector = code >= 0xe0100 && code <= 0xe01ef;
    if (code === 0x1f3f4) isFlag = true;
    else if (!isTag) isFlag = false;
    const isIdeograph =
      (before >= 0x3400 && before <= 0x9fff) || (before >= 0xf900 && before <= 0xfaff) || before >= 0x20000;
    if ((isTag && !isFlag) || (isSelector && (!isIdeograph || before >= 0xe0000))) return character;
    before = code;
  }
  return null;
}

const MAX_NUL_SHARE = 0.01;
/** As many are an accident in a file of any length. */
const FEW = 3;

/** Lines with a NUL of a file that is text but for a few of them. */
export function findNuls(bytes: Uint8Array): Row[] {
  let line = 1;
  let others = 0;
  let nuls = 0;
  const lines = new Set<number>();
  for (const byte of bytes) {
    if (byte === 0x0a) line += 1;
    else if (byte === 0) {
      nuls += 1;
      lines.add(line);
    } else if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) others += 1;
  }
  if (nuls + others > Math.max(FEW, bytes.length * MAX_NUL_SHARE)) return [];
  return [...lines].slice(0, MAX_ROWS).map((at) => ({ line: at, form: 'nul', text: codePoint(NUL) }));
}

/** Line of the first byte that is not UTF-8, when other characters of the same text are; null otherwise. */
export function findMixedEncoding(bytes: Uint8Array, text: string): Row[] {
  if (!text.includes('\ufffd')) return [];
  let line = 1;
  let invalid: number | null = null;
  let hasMultibyte = false;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0a) line += 1;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (length > 1) hasMultibyte = true;
    if (length === 0) invalid ??= line;
    at += Math.max(1, length);
    if (invalid !== null && hasMultibyte) return [{ line: invalid, form: 'mixed-encoding', text: '' }];
  }
  return [];
}

/** Bytes of a valid sequence, 0 for none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  for (let offset = 1; offset < length; offset++) if (((bytes[at + offset] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
