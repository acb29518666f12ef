import { mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadEnv } from '@/lib/env';
import { draftKeys } from './keys';

test('a key that cannot be put in place is named and stays beside, and the others are placed', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-keys-'));
  const settings = loadEnv({ ELDER_DATA_DIR: directory });
  await writeFile(path.join(directory, 'auth-secret'), 'in use');
  const drafts = await draftKeys({ auth: 'a', evidence: 'e' }, settings);
  await unlink(path.join(directory, 'auth-secret'));
  // Of a directory no second name can be made.
  await mkdir(path.join(directory, 'auth-secret'));

  const placing = drafts.place();

  await expect(placing).rejects.toMatchObject({
    details: { problem: 'keys_not_placed', what: expect.stringMatching(/auth-secret[.]restored-[0-9a-f]{6}$/) },
  });
  const left = (await readdir(directory)).sort();
  expect(left).toEqual(['auth-secret', expect.stringMatching(/^auth-secret[.]restored-/), 'evidence-key.pem']);
  await rm(directory, { recursive: true });
});

test('every key that is found is kept, however often others are put in its place', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-keys-'));
  const settings = loadEnv({ ELDER_DATA_DIR: directory });
  const file = path.join(directory, 'auth-secret');
  for (const found of ['the first', 'the second', 'the third']) {
    await writeFile(file, found);

    const { place } = await draftKeys({ auth: 'of the backup' }, settings);

    expect(await place()).toEqual(['auth-secret']);
  }

  const kept = ['', '.before-restore', '.before-restore.2', '.before-restore.3'];
  const contents = await Promise.all(kept.map((suffix) => readFile(`${file}${suffix}`, 'utf8')));
  expect(contents).toEqual(['of the backup', 'the first', 'the second', 'the third']);
  await rm(directory, { recursive: true });
});
