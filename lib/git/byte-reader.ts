import { AppError } from '@/lib/errors';

const NEWLINE = 10;

export interface ByteReader {
  /** Up to the next newline, without it. */
  line(): Promise<string>;
  take(length: number): Promise<Buffer>;
  skip(length: number): Promise<void>;
  /** Whether nothing follows. */
  isAtEnd(): Promise<boolean>;
}

/** Reads lines and exact lengths from a stream of chunks, holding no more than asked for. */
export function createByteReader(
  source: AsyncIterator<Buffer, unknown>,
  endedEarly = () => new AppError('repository_corrupt', 'git ended in the middle of an object'),
): ByteReader {
  let chunk: Buffer = Buffer.alloc(0);

  async function more(): Promise<void> {
    const next = await source.next();
    if (next.done) throw endedEarly();
    chunk = next.value as Buffer;
  }

  return {
    async line() {
      let text = '';
      for (;;) {
        const end = chunk.indexOf(NEWLINE);
        if (end >= 0) {
          text += chunk.toString('utf8', 0, end);
          chunk = chunk.subarray(end + 1);
          return text;
        }
        text += chunk.toString('utf8');
        await more();
      }
    },
    async take(length) {
      const parts: Buffer[] = [];
      let missing = length;
      while (missing > chunk.length) {
        parts.push(chunk);
        missing -= chunk.length;
        await more();
      }
      parts.push(chunk.subarray(0, missing));
      chunk = chunk.subarray(missing);
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    },
    async skip(length) {
      let missing = length;
      while (missing > chunk.length) {
        missing -= chunk.length;
        await more();
      }
      chunk = chunk.subarray(missing);
    },
    async isAtEnd() {
      while (chunk.length === 0) {
        const next = await source.next();
        if (next.done) return true;
        chunk = next.value as Buffer;
      }
      return false;
    },
  };
}
