import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Asks on the terminal. What is hidden is not shown while it is typed. */
export async function ask(
  question: string,
  { isHidden = false, signal }: { isHidden?: boolean; signal?: AbortSignal } = {},
) {
  process.stderr.write(question);
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return (await lines.question('', signal ? { signal } : {})).trim();
  } finally {
    lines.close();
    if (isHidden) process.stderr.write('\n');
  }
}

/** The first line of the standard input. */
export async function readStdin(): Promise<string> {
  return (await text(process.stdin)).split('\n', 1)[0]?.trim() ?? '';
}
