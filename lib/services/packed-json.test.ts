import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MAX_UNPACKED_BYTES, packJson, unpackJson } from './packed-json';

test('gives back what was packed', async () => {
  const value = { text: '日本語', list: [1, null, true] };

  expect(await unpackJson(await packJson(value))).toEqual(value);
});

test('unpacks no more than a limit, and packs no more either', async () => {
  const bomb = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1, '1'), { level: 1 });

  await expect(unpackJson(bomb)).rejects.toThrow();
  await expect(packJson('x'.repeat(MAX_UNPACKED_BYTES))).rejects.toMatchObject({ code: 'internal' });
});
