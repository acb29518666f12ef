import { describe, expect, test } from 'vitest';
import type { TokenFingerprint } from '../blob-facts';
import { collectBlob } from '../collect-blob';
import { packPrints, readPrints } from '../packed-prints';
import { findClones as findPackedClones } from './clones';

/** Fingerprints every ten tokens, one line each ten tokens, from a first token and line on. */
function prints(seed: number, count: number, startToken = 0): TokenFingerprint[] {
  return Array.from({ length: count }, (_, at) => {
    const token = startToken + at * 10;
    return { hash: seed * 1_000 + at, token, line: 1 + token / 10, endLine: 5 + token / 10 };
  });
}

function findClones(files: readonly { path: string; fingerprints: TokenFingerprint[]; tokens?: string }[]) {
  return findPackedClones(
    files.map(({ fingerprints, ...file }) => ({ ...file, prints: readPrints(packPrints(fingerprints), () => true) })),
  );
}

describe('findClones', () => {
  test('joins neighbouring windows into one maximal run', () => {
    const clones = findClones([
      { path: 'a.ts', fingerprints: [...prints(9, 3), ...prints(1, 20, 100)] },
      { path: 'b.ts', fingerprints: prints(1, 20, 500) },
    ]);

    expect(clones).toEqual([
      {
        first: { path: 'a.ts', line: 11, endLine: 34 },
        second: { path: 'b.ts', line: 51, endLine: 74 },
        tokens: 230,
        lines: 24,
        hash: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  test('keeps the hash when the code moves', () => {
    const at = (token: number) =>
      findClones([
        { path: 'a.ts', fingerprints: prints(1, 20) },
        { path: 'b.ts', fingerprints: prints(1, 20, token) },
      ])[0]?.hash;

    expect(at(300)).toBe(at(70));
  });

  test('leaves out short runs', () => {
    const files = [
      { path: 'a.ts', fingerprints: prints(1, 4) },
      { path: 'b.ts', fingerprints: prints(1, 4) },
    ];

    expect(findClones(files)).toEqual([]);
  });

  test('leaves out runs on few lines', () => {
    const flat = prints(1, 20).map((print) => ({ ...print, line: 1, endLine: 2 }));

    expect(
      findClones([
        { path: 'a.ts', fingerprints: flat },
        { path: 'b.ts', fingerprints: flat },
      ]),
    ).toEqual([]);
  });

  test('finds a clone inside one file but no overlap with itself', () => {
    const twice = findClones([{ path: 'a.ts', fingerprints: [...prints(1, 20), ...prints(1, 20, 400)] }]);
    const periodic = Array.from({ length: 40 }, (_, at) => ({
      hash: at % 2,
      token: at * 10,
      line: at + 1,
      endLine: at + 5,
    }));

    expect(twice).toHaveLength(1);
    expect(
      findClones([{ path: 'a.ts', fingerprints: periodic }]).every(
        ({ first, second }) => first.endLine < second.line + 5,
      ),
    ).toBe(true);
  });

  test('a gap between windows ends a run', () => {
    const broken = [...prints(1, 10), ...prints(2, 10, 1_000)];
    const clones = findClones([
      { path: 'a.ts', fingerprints: broken },
      { path: 'b.ts', fingerprints: broken },
    ]);

    expect(clones.map(({ first }) => first.line)).toEqual([1, 101]);
  });

  test('ignores windows that occur everywhere', () => {
    const files = Array.from({ length: 60 }, (_, at) => ({ path: `f${at}.ts`, fingerprints: prints(1, 20) }));

    expect(findClones(files)).toEqual([]);
  });

  test('reports each pair once, ordered by place', () => {
    const files = ['a.ts', 'b.ts', 'c.ts'].map((path) => ({ path, fingerprints: prints(1, 20) }));

    expect(findClones(files).map(({ first, second }) => `${first.path} ${second.path}`)).toEqual([
      'a.ts b.ts',
      'a.ts c.ts',
      'b.ts c.ts',
    ]);
  });

  test('finds every clone of a hundred tokens, wherever it stands, and measures its length', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) =>
        `  if (a[${row}] ${'<>=!'[row % 4] === '=' ? '==' : '<'} b) ${['c', 'c.d', 'c()', 'c?.e', '-c'][row % 5]};\n`,
    );
    const at = async (lines: number, shift: number) => {
      const shared = `function f(a, b, c) {\n${rows.slice(0, lines).join('')}}\n`;
      const files = ['x', 'y'].map((name, side) => ({
        path: `src/${name}.ts`,
        text: `${side === 0 ? 'let p = [1];\n'.repeat(shift) : 'class B {}\n'.repeat(3)}${shared}${side === 0 ? 'class A {}\n' : 'z = 1;\n'}`,
      }));
      const read = await Promise.all(
        files.map(async ({ path, text }) => ({ path, ...(await collectBlob(path, Buffer.from(text))) })),
      );
      return findClones(read).map(({ tokens, lines: height }) => ({ isLong: tokens >= 100, height }));
    };

    for (let shift = 0; shift < 25; shift += 1) expect(await at(11, shift)).toEqual([{ isLong: true, height: 13 }]);
    expect(await at(7, 0)).toEqual([]);
  });
});
