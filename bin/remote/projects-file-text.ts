import { createReadStream } from 'node:fs';
import { RemoteFailure } from './remote-failure';

/** Characters that the server takes. */
const MOST_CHARACTERS = 256_000;
const MOST_BYTES = 4 * MOST_CHARACTERS;

/** The text of a file; `-` is the standard input. */
export async function readProjectsText(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RemoteFailure({ kind: 'unreadableFile', file, cause: code });
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  if (text.length > MOST_CHARACTERS) throw new RemoteFailure({ kind: 'largeFile', file });
  if (text.trim() === '') throw new RemoteFailure({ kind: 'emptyFile', file });
  return text;
}
