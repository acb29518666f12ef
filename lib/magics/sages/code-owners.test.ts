import { describe, expect, test } from 'vitest';
import { ownerMatcher, parseCodeOwners } from './code-owners';

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
  });
});
