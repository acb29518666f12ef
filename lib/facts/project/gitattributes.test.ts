import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { attributesFor } from './gitattributes';
import { compilePathPattern } from './path-pattern';

describe('attributesFor', () => {
  test('the last line that fits wins, deeper files win over all', () => {
    const attributes = attributesFor([
      { path: 'lib/.gitattributes', text: 'keep.js -linguist-vendored\n' },
      {
        path: '.gitattributes',
        text: '# note\n*.js linguist-vendored\n/gen/** linguist-generated=true\ndocs/** -linguist-documentation text=auto\n',
      },
    ]);

    expect(attributes('lib/a.js')).toEqual({ isVendored: true });
    expect(attributes('lib/keep.js')).toEqual({});
    expect(attributes('gen/x/y.ts')).toEqual({ isGenerated: true });
    expect(attributes('docs/a.py')).toEqual({ isDocumentation: false });
    expect(attributes('src/a.ts')).toEqual({});
  });
});

describe('compilePathPattern', () => {
  test.each([
    ['*.js', 'a/b.js', true],
    ['/a/*.js', 'a/b.js', true],
    ['/a/*.js', 'a/c/b.js', false],
    ['a/**', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/x/y/c', true],
    ['b?.js', 'a/b1.js', true],
    ['dist/', 'dist/a.js', true],
    ['name.txt', 'deep/name.txt', true],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compilePathPattern(pattern, '')(path)).toBe(expected);
  });

  test('stays fast on patterns made to be slow', () => {
    const matches = compilePathPattern(`${'*a'.repeat(200)}b/${'**/'.repeat(100)}x`, '');
    const start = cpuTimeMs();

    expect(matches(`${'a'.repeat(4_000)}/${'a/'.repeat(500)}y`)).toBe(false);
    expect(cpuTimeMs() - start).toBeLessThan(1_000);
  });
});
