import { describe, expect, test } from 'vitest';
import { Policy } from '../policy';
import { OwnRule, OwnRules } from './own-rule';

const TEXTS = {
  severity: 'medium',
  title: { en: 'No old client' },
  why: { en: 'It is gone in May.' },
  fix: { ja: '新しいクライアントを使います。' },
} as const;
const pattern = (text: string, more: object = {}) => ({
  id: 'own/no-old-client',
  kind: 'pattern',
  pattern: text,
  ...TEXTS,
  ...more,
});

function issueOf(input: unknown) {
  const parsed = OwnRule.safeParse(input);
  if (parsed.success) throw new Error('the rule is valid');
  const [issue] = parsed.error.issues;
  return { path: issue?.path.join('.'), message: issue?.message, ...(issue && 'params' in issue ? issue.params : {}) };
}

describe('OwnRule', () => {
  test('a rule says little and gets the rest by default', () => {
    expect(OwnRule.parse(pattern('oldClient\\('))).toMatchObject({
      isEnabled: true,
      magic: 'strict',
      confidence: 0.9,
      zeroAt: 10,
      paths: { include: [], exclude: [] },
      flags: '',
      where: 'all',
      languages: [],
      isEverywhere: false,
    });
  });

  test.each([
    ['a(?=b)', 'lookaround', 1],
    ['(?<!x)y', 'lookaround', 0],
    ['a(?!b)', 'lookaround', 1],
    ['(a)\\1', 'backreference', 3],
    ['ab++', 'possessive', 2],
    ['x(', 'syntax', 2],
    ['abc[z-a]', 'syntax', 4],
    ['a{2000}', 'repetition-too-large', 1],
    ['a{1000}b{1000}', 'too-complex', null],
    ['a*', 'matches-empty', null],
  ])('the pattern %s is refused as %s at %s', (text, problem, position) => {
    expect(issueOf(pattern(text))).toMatchObject({ path: 'pattern', problem, position });
  });

  test('the answer says that RE2 has no lookahead, and where it stands', () => {
    expect(issueOf(pattern('key(?=s)')).message).toContain('RE2 has no lookahead or lookbehind');
    expect(issueOf(pattern('key(?=s)')).message).toContain('at character 4');
  });

  test.each([
    ['no-old-client', 'id'],
    ['own/No', 'id'],
    ['own/a--b', 'id'],
    ['own/', 'id'],
  ])('the id %s is refused', (id, path) => {
    expect(issueOf({ ...pattern('x'), id })).toMatchObject({ path });
  });

  test.each([
    ['flags', pattern('x', { flags: 'g' })],
    ['flags', pattern('x', { flags: 'ii' })],
    ['title', { ...pattern('x'), title: {} }],
    ['pattern', pattern('x'.repeat(1_001))],
    ['paths.include.0', pattern('x', { paths: { include: ['{a,b}'] } })],
    ['paths.include.0', pattern('x', { paths: { include: ['../a'] } })],
    ['query', { ...TEXTS, id: 'own/q', kind: 'query', language: 'go', query: '(identifier) @x' }],
    ['language', { ...TEXTS, id: 'own/q', kind: 'query', language: 'cobol', query: '(a) @finding' }],
    ['namePattern', { ...TEXTS, id: 'own/p', kind: 'path', demand: 'named', paths: { include: ['src/**'] } }],
    ['paths.include', { ...TEXTS, id: 'own/p', kind: 'path', demand: 'absent', paths: { include: [] } }],
  ])('what is wrong with %s is named', (path, rule) => {
    expect(issueOf(rule)).toMatchObject({ path });
  });
});

test('a policy holds own rules, none by default, and each id once', () => {
  const rule = pattern('x');

  expect(Policy.parse({}).ownRules).toEqual([]);
  expect(Policy.parse({ ownRules: [rule] }).ownRules).toHaveLength(1);
  expect(OwnRules.safeParse([rule, rule]).error?.issues).toMatchObject([{ path: [1, 'id'] }]);
  const many = Array.from({ length: 101 }, (_, at) => ({ ...rule, id: `own/r-${at}` }));
  expect(Policy.safeParse({ ownRules: many }).success).toBe(false);
});
