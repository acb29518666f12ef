import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import type { PackedBlob } from '../packed-blob';

export interface BlobTask {
  id: number;
  path: string;
  bytes: Uint8Array;
  /** Patterns and queries to ask of the blob, in place of its facts. */
  matchers?: readonly KeyedMatcher[] | undefined;
  /** Its `CodeShape` alone, in place of its facts. */
  wantsShape?: boolean;
}

export interface BlobAnswer {
  id: number;
  /** Packed in the thread, which spares the caller that work and a copy of many small objects. */
  blob: PackedBlob;
  /** The parser's memory has grown too large; it never shrinks, so the thread is to be replaced. */
  isWorn: boolean;
}
