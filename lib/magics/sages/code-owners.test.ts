import { describe, expect, test } from 'vitest';
import { ownerMatcher, ownersOf, parseCodeOwners } from './code-owners';

describe('parseCodeOwners', () => {
  test('reads patterns, owners and comments', () => {
    expect(parseCodeOwners('# all\n* @a/core # note\n\ndocs/ d@example.org @b\n')).toEqual([
      { line: 2, pattern: '*', owners: ['@a/core'], error: null },
      { line: 4, pattern: 'docs/', owners: ['d@example.org', '@b'], error: null },
    ]);
  });

  test('gives lines of a GitLab section its owners', () => {
    expect(parseCodeOwners('[Docs][2] @writers\ndocs/\n')).toEqual([
      { line: 2, pattern: 'docs/', owners: ['@writers'], error: null },
    ]);
  });

  test('tells lines that hosts ignore', () => {
    expect(parseCodeOwners('*.ts someone\n!a @b\n').map((line) => line.error)).toEqual(['owner', 'pattern']);
  });
});

describe('ownerMatcher', () => {
  test.each([
    ['*', 'a/b.ts', true],
    ['*.ts', 'a/b.ts', true],
    ['/docs/', 'docs/a/b.md', true],
    ['/docs/', 'src/docs/b.md', false],
    ['docs/', 'src/docs/b.md', true],
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/a/b.md', false],
    ['/src/解析', 'src/解析/a.ts', true],
    ['apps/**/logs', 'apps/a/b/logs/x', true],
    ['lib', 'library/a', false],
  ])('%s on %s is %s', (pattern, path, expected) => {
    expect(ownerMatcher(pattern)(path)).toBe(expected);
    expect(ownersOf(`${pattern} @owner\n`, path)).toEqual(expected ? ['@owner'] : []);
  });
});

describe('ownersOf', () => {
  test('goes by the last line that speaks of the path, also when it names nobody', () => {
    const text = '* @all\n/src/ @code @b\n/src/generated/\n/docs/ someone\n';

    expect(['a.md', 'src/a.ts', 'src/generated/a.ts', 'docs/a.md'].map((path) => ownersOf(text, path))).toEqual([
      ['@all'],
      ['@code', '@b'],
      [],
      ['@all'],
    ]);
  });

  test('takes no longer than the text and the path are long', () => {
    const hostile = `${'**/*a'.repeat(40)} @a\n`.repeat(400);
    const startedAt = performance.now();

    ownersOf(hostile, `${'a'.repeat(60)}/b`);
    ownersOf('x'.repeat(1_000_000), 'a'.repeat(4_000));

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
