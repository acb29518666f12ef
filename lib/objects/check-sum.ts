import { createHash } from 'node:crypto';
import { objectError } from './object-problem';

const WORD = '\nelder-sha256:';
/** The last line of every stored object: the SHA-256 of all before it, in hex. */
export const SEAL_BYTES = WORD.length + 64 + 1;

/** The body with its seal behind it; tells its size when all was read. */
export async function* withSeal(
  body: AsyncIterable<Uint8Array>,
  onEnd: (sizeBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of body) {
    if (chunk.length === 0) continue;
    hash.update(chunk);
    sizeBytes += chunk.length;
    yield chunk;
  }
  onEnd(sizeBytes);
  yield Buffer.from(`${WORD}${hash.digest('hex')}\n`);
}

/** The body without its seal. Throws `unprocessable` at the end when it is not what was sealed. */
export async function* withoutSeal(stored: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of stored) {
    held = Buffer.concat([held, chunk]);
    const free = held.length - SEAL_BYTES;
    if (free <= 0) continue;
    const body = held.subarray(0, free);
    held = held.subarray(free);
    hash.update(body);
    yield body;
  }
  if (held.toString('latin1') !== `${WORD}${hash.digest('hex')}\n`) throw objectError('damaged', place);
}
