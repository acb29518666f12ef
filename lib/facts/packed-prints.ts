import type { TokenFingerprint } from './blob-facts';

/** Numbers of one fingerprint in a row: high and low part of the hash, token, line, last line. */
export const PRINT_FIELDS = 5;
const BYTES = 4;
const HIGH = 0x100000000;

/** Fingerprints as text: as objects they would be a third of all that is read. */
export function packPrints(prints: readonly TokenFingerprint[]): string {
  const bytes = Buffer.alloc(prints.length * PRINT_FIELDS * BYTES);
  let at = 0;
  for (const { hash, token, line, endLine } of prints) {
    for (const value of [Math.floor(hash / HIGH), hash % HIGH, token, line, endLine]) {
      at = bytes.writeUInt32LE(value, at);
    }
  }
  return bytes.toString('base64');
}

/** The numbers of those fingerprints that begin on a wanted line. */
export function readPrints(packed: string, isWanted: (line: number) => boolean): Uint32Array {
  const bytes = Buffer.from(packed, 'base64');
  const numbers = new Uint32Array(bytes.length / BYTES);
  let size = 0;
  for (let at = 0; at < bytes.length; at += PRINT_FIELDS * BYTES) {
    if (!isWanted(bytes.readUInt32LE(at + 3 * BYTES))) continue;
    for (let field = 0; field < PRINT_FIELDS; field += 1) {
      numbers[size++] = bytes.readUInt32LE(at + field * BYTES);
    }
  }
  return size === numbers.length ? numbers : numbers.slice(0, size);
}

/** Fingerprints of many files, field by field. */
export interface PrintTable {
  size: number;
  /** Index of the list a fingerprint comes from. */
  file: Uint32Array;
  hash: Float64Array;
  token: Uint32Array;
  line: Uint32Array;
  endLine: Uint32Array;
}

export function joinPrints(lists: readonly Uint32Array[]): PrintTable {
  const size = lists.reduce((sum, { length }) => sum + length / PRINT_FIELDS, 0);
  const table: PrintTable = {
    size,
    file: new Uint32Array(size),
    hash: new Float64Array(size),
    token: new Uint32Array(size),
    line: new Uint32Array(size),
    endLine: new Uint32Array(size),
  };
  let print = 0;
  for (const [file, list] of lists.entries()) {
    for (let at = 0; at < list.length; at += PRINT_FIELDS, print += 1) {
      table.file[print] = file;
      table.hash[print] = (list[at] ?? 0) * HIGH + (list[at + 1] ?? 0);
      table.token[print] = list[at + 2] ?? 0;
      table.line[print] = list[at + 3] ?? 0;
      table.endLine[print] = list[at + 4] ?? 0;
    }
  }
  return table;
}
