import { describe, expect, test } from 'vitest';
import { compilePathGlob, compilePathGlobs, isPathGlob } from './path-globs';

describe('compilePathGlob', () => {
  test.each([
    ['legacy/**', 'legacy/a/b.ts', true],
    ['legacy/**', 'src/legacy/b.ts', false],
    ['legacy/', 'legacy/a.ts', true],
    ['**/*.gen.ts', 'a.gen.ts', true],
    ['**/*.gen.ts', 'src/x/a.gen.ts', true],
    ['**/*.gen.ts', 'src/x/a.ts', false],
    ['src/*/a.ts', 'src/x/a.ts', true],
    ['src/*/a.ts', 'src/x/y/a.ts', false],
    ['**/old/**/*.py', 'a/old/b/c/d.py', true],
    ['a*b*c', 'aXbYc', true],
    ['a*bc', 'abbc', true],
    ['a*a', 'a', false],
    ['docs', 'docs/a.md', false],
  ])('%s on %s is %s', (glob, path, expected) => {
    expect(compilePathGlob(glob)(path)).toBe(expected);
  });

  test('a glob of many stars on a long path takes no time to speak of', () => {
    const isMatch = compilePathGlob(`${'*a'.repeat(90)}b`);
    const start = performance.now();

    expect(isMatch(`${'a'.repeat(4_000)}c`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

test('one of many globs is enough', () => {
  const isMatch = compilePathGlobs(['a/**', '**/*.py']);

  expect(['a/x.ts', 'b/x.py', 'b/x.ts', 'b/x.py'].map(isMatch)).toEqual([true, true, false, true]);
});

test.each([
  ['src/**', true],
  ['日本語/*.ts', true],
  ['../**', false],
  ['/etc/**', false],
  ['a/../../b', false],
  ['a/..', false],
  ['(a+)+$', false],
  ['{a,b}/**', false],
  ['!src/**', false],
  ['[a-z]*', false],
  ['a**b', false],
  ['a\u0000b', false],
  ['', false],
])('%s may be written: %s', (glob, expected) => {
  expect(isPathGlob(glob)).toBe(expected);
});
