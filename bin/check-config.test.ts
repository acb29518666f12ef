import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { checkConfig } from './check-config';

let work: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  work = await temporaryDirectory();
});

afterAll(() => work[Symbol.asyncDispose]());

async function write(name: string, text: string): Promise<string> {
  const folder = join(work.path, name);
  await mkdir(folder);
  await writeFile(join(folder, '.elder.yml'), text);
  return folder;
}

test('says of a folder that its file is valid', async () => {
  const folder = await write('valid', 'version: 1\nignorePaths: [legacy/**]\n');

  expect(await checkConfig(folder, 'en')).toEqual({ isValid: true, text: `${join(folder, '.elder.yml')} is valid\n` });
});

test.each([
  ['en', 'There is no rule “strict/no-such”.'],
  ['ja', '「strict/no-such」というルールはありません。'],
] as const)('names each error with its line, in %s', async (language, message) => {
  const folder = await write(`broken-${language}`, 'version: 1\nrules:\n  strict/no-such: {}\nmore: 1\n');

  const checked = await checkConfig(join(folder, '.elder.yml'), language);

  expect(checked?.isValid).toBe(false);
  expect(checked?.text.split('\n').slice(1, 3)).toEqual([
    `  ${join(folder, '.elder.yml')}:3  ${message}`,
    expect.stringContaining('.elder.yml:4  '),
  ]);
});

test('a large file is not read to its end', async () => {
  const folder = await write('large', `version: 1\n# ${'x'.repeat(2_000_000)}\n`);

  expect(await checkConfig(folder, 'en')).toMatchObject({ isValid: false, text: expect.stringContaining('64000') });
});

test('a folder without a file has none', async () => {
  expect(await checkConfig(work.path, 'en')).toBeNull();
});

test('two files in a folder have no effect, nor has a link', async () => {
  const both = await write('both', 'version: 1\n');
  await writeFile(join(both, '.elder.yaml'), 'version: 1\n');
  const linked = join(work.path, 'linked');
  await mkdir(linked);
  await symlink(join(both, '.elder.yml'), join(linked, '.elder.yaml'));

  expect(await checkConfig(both, 'en')).toMatchObject({
    isValid: false,
    text: expect.stringContaining('“.elder.yaml” is there as well'),
  });
  expect(await checkConfig(linked, 'en')).toMatchObject({
    isValid: false,
    text: expect.stringContaining('The file is a link'),
  });
});
