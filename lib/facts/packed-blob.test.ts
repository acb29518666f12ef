import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectBlob, skippedBlob } from './collect-blob';
import { packBlob, unpackBlob } from './packed-blob';
import { joinPrints, readPrints } from './packed-prints';

const FUNCTION = 'export function f(a: number) {\n  // 日本語\n  return a > 1 ? a + 2 : a - 3;\n}\n';

describe('packBlob', () => {
  test.each([1, 40])('gives back what %i functions say', async (times) => {
    const facts = await collectBlob('src/a.ts', Buffer.from(FUNCTION.repeat(times)));

    const { fingerprints: _, ...rest } = unpackBlob(packBlob(facts).data);

    expect(facts).toMatchObject(rest);
    expect(rest.functions).toHaveLength(times);
  });

  test('is smaller than its text where there is much of it', async () => {
    const facts = await collectBlob('src/a.ts', Buffer.from(FUNCTION.repeat(40)));

    expect(packBlob(facts).data.length).toBeLessThan(JSON.stringify(facts).length / 5);
  });

  test('does not unpack what would fill the memory', () => {
    const bomb = deflateRawSync(Buffer.alloc(65 * 1024 ** 2, ' '), { level: 1 });

    expect(() => unpackBlob(bomb)).toThrow(RangeError);
  });

  test('says why a file was not read', () => {
    const { data, skipped } = packBlob(skippedBlob('timeout'));

    expect(skipped).toBe('timeout');
    expect(unpackBlob(data)).toMatchObject({ skipped: 'timeout', functions: [] });
  });
});

describe('readPrints', () => {
  test('keeps each number of each fingerprint, and leaves out unwanted lines', () => {
    const prints = [
      { hash: 0xffff_ffff_ffff, token: 0, line: 1, endLine: 9 },
      { hash: 7, token: 300, line: 20, endLine: 400_000 },
      { hash: 0x1_0000_0001, token: 70_000, line: 30, endLine: 31 },
    ];
    const { fingerprints } = unpackBlob(packBlob({ ...skippedBlob(null), fingerprints: prints }).data);

    const table = joinPrints([new Uint32Array(), readPrints(fingerprints, (line) => line !== 20)]);

    expect(table).toEqual({
      size: 2,
      file: Uint32Array.of(1, 1),
      hash: Float64Array.of(0xffff_ffff_ffff, 0x1_0000_0001),
      token: Uint32Array.of(0, 70_000),
      line: Uint32Array.of(1, 30),
      endLine: Uint32Array.of(9, 31),
    });
  });
});
