import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isBreached, requireUnbreached } from './breached-passwords';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
const KNOWN = Array.from({ length: 300 }, (_, index) => `known ${index}`);
const hashes = KNOWN.map(sha1).sort();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'elder-breached-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function listOf(text: string): Promise<string> {
  const file = path.join(folder, randomUUID());
  await writeFile(file, text);
  return file;
}

describe.each([
  ['hashes with counts', hashes.map((hash, index) => `${hash}:${index * 977}\r\n`).join('')],
  ['hashes without a last line break', hashes.join('\n')],
  ['beginnings of hashes in lower case', hashes.map((hash) => `${hash.slice(0, 16).toLowerCase()}\n`).join('')],
])('a list of %s', (_, text) => {
  test('knows all it holds and nothing else', async () => {
    const file = await listOf(text);

    const [known, others] = await Promise.all([
      Promise.all(KNOWN.map((password) => isBreached(password, file))),
      Promise.all(KNOWN.map((password) => isBreached(`not ${password}`, file))),
    ]);

    expect(known.filter((is) => !is)).toEqual([]);
    expect(others.filter((is) => is)).toEqual([]);
  });
});

test('an empty list and one of a single line are searched too', async () => {
  expect(await isBreached('known 1', await listOf(''))).toBe(false);
  expect(await isBreached('known 1', await listOf(sha1('known 1')))).toBe(true);
  expect(await isBreached('known 2', await listOf(`${sha1('known 1')}\n`))).toBe(false);
});

test('a file of something else is told, not taken for a list', async () => {
  const file = await listOf(`${'lorem ipsum '.repeat(100)}\n`.repeat(50));

  await expect(isBreached('known 1', file)).rejects.toMatchObject({ code: 'invalid_settings' });
});

test('a password of the list is refused, without it all are taken', async () => {
  const file = await listOf(hashes.join('\n'));

  await expect(requireUnbreached('known 7', file)).rejects.toMatchObject({
    code: 'unprocessable',
    details: { reason: 'breached' },
  });
  await expect(requireUnbreached('known 7', undefined)).resolves.toBeUndefined();
});
