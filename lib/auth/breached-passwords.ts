import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** A line holds a hash or how it begins, perhaps a colon and a count. */
const LONGEST_LINE = 128;
const HASH_START = /^[\dA-F]{10,40}(?=[:\s]|$)/i;

/** Throws `unprocessable` for a password that `BREACHED_PASSWORDS_FILE` holds. */
export async function requireUnbreached(password: string, file = env().BREACHED_PASSWORDS_FILE): Promise<void> {
  if (!file || !(await isBreached(password, file))) return;
  throw new AppError('unprocessable', 'the password is known from a breach', {
    details: { reason: 'breached', fields: [{ field: 'password', problem: 'breached' }] },
  });
}

/** Searches lines of SHA-1 hashes, sorted, on the disk: the lists that are published are larger than the memory. */
export async function isBreached(password: string, path: string): Promise<boolean> {
  const wanted = createHash('sha1').update(password).digest('hex').toUpperCase();
  await using file = await open(path);
  let [low, high] = [0, (await file.stat()).size];
  // `low` is where a line begins; the line looked for begins before `high`.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineFrom(file, middle, low);
    if (line.start >= high) {
      high = middle;
      continue;
    }
    const known = HASH_START.exec(line.text)?.[0].toUpperCase();
    if (known === undefined)
      throw new AppError('invalid_settings', 'BREACHED_PASSWORDS_FILE holds a line without hash');
    const part = wanted.slice(0, known.length);
    if (part === known) return true;
    if (known < part) low = line.end;
    else high = middle;
  }
  return false;
}

/** The first line that begins at `offset` or after it; `low` is known to begin one. */
async function lineFrom(file: FileHandle, offset: number, low: number) {
  const from = offset === low ? offset : offset - 1;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * LONGEST_LINE), 0, 2 * LONGEST_LINE, from);
  const text = buffer.toString('latin1', 0, bytesRead);
  const begin = offset === low ? 0 : text.indexOf('\n') + 1;
  if (offset !== low && begin === 0) return { start: from + bytesRead, end: from + bytesRead, text: '' };
  const newline = text.indexOf('\n', begin);
  const end = newline === -1 ? bytesRead : newline;
  return { start: from + begin, end: from + Math.min(end + 1, bytesRead), text: text.slice(begin, end) };
}
