import type { BlobFacts } from '../blob-facts';

export interface BlobTask {
  id: number;
  path: string;
  bytes: Uint8Array;
}

export interface BlobAnswer {
  id: number;
  facts: BlobFacts;
  /** The parser's memory has grown too large; it never shrinks, so the thread is to be replaced. */
  isWorn: boolean;
}
