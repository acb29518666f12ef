import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BlobFacts } from './blob-facts';
import { type CodeShape, collectShape } from './code-shape';
import { collectBlob } from './collect-blob';
import { packPrints } from './packed-prints';

/** Facts of one blob as bytes: what is sent between threads, cached, and held while the rest of a commit is read. */
export interface PackedBlob {
  data: Uint8Array;
  /** As in `BlobFacts`. */
  skipped: string | null;
}

/** As `BlobFacts`, with the fingerprints as text; see `readPrints`. */
export interface StoredBlob extends Omit<BlobFacts, 'fingerprints'> {
  fingerprints: string;
}

const LEVEL = 1;
/** For shorter ones a compressor costs more than it saves. */
const MIN_COMPRESSED_BYTES = 2 * 1024;
const BRACE = 0x7b;
/** A cache may be anybody's: what unpacks to more counts as damaged. */
const MAX_UNPACKED_BYTES = 64 * 1024 ** 2;

export function packBlob(facts: BlobFacts): PackedBlob {
  const stored: StoredBlob = { ...facts, fingerprints: packPrints(facts.fingerprints) };
  return { data: packJson(stored), skipped: facts.skipped };
}

export function unpackBlob(data: Uint8Array): StoredBlob {
  return unpackJson<StoredBlob>(data);
}

/** Reads one blob, as `collectBlob` does. */
export async function collectPackedBlob(path: string, bytes: Uint8Array): Promise<PackedBlob> {
  return packBlob(await collectBlob(path, bytes));
}

/** Reads the shape of one blob, as `collectShape` does. */
export async function collectPackedShape(path: string, bytes: Uint8Array): Promise<PackedBlob> {
  return { data: packJson(await collectShape(path, bytes)), skipped: null };
}

/** Reads in this thread what a pool of threads reads in others. */
export const INLINE_READER = { collect: collectPackedBlob, shape: collectPackedShape };

/** The shape of a blob that was not read is `NO_SHAPE`. */
export function unpackShape(data: Uint8Array): CodeShape {
  const { codeHash, codeLines, cyclomatic = 0, markers = 0 } = unpackJson<StoredBlob & Partial<CodeShape>>(data);
  return { codeHash, codeLines, cyclomatic, markers };
}

/** JSON of an object, compressed when that pays. */
export function packJson(value: object): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  if (text.length < MIN_COMPRESSED_BYTES || text.length > MAX_UNPACKED_BYTES) return text;
  // Not on Node's pool of threads: a thousand compressors at once hold half a gigabyte.
  const packed = deflateRawSync(text, { level: LEVEL });
  return packed[0] === BRACE ? text : packed;
}

export function unpackJson<Value>(data: Uint8Array): Value {
  return JSON.parse(jsonOf(data)) as Value;
}

function jsonOf(data: Uint8Array): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return (bytes[0] === BRACE ? bytes : inflateRawSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })).toString('utf8');
}
