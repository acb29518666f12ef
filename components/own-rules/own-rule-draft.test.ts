import { expect, test } from 'vitest';
import { ProblemError } from '@/components/api/client';
import { en } from '@/lib/i18n/en';
import { ja } from '@/lib/i18n/ja';
import { OwnRule } from '@/lib/schemas/own-rules';
import { draftOf, EMPTY_DRAFT, ruleOf, testRuleOf, withFlag } from './own-rule-draft';
import { ruleProblems } from './rule-problems';

const TEXTS = { severity: 'high', title: { en: 'x' }, why: { ja: '理由' }, fix: { en: 'x', ja: '直し方' } } as const;

test.each([
  { ...TEXTS, id: 'own/a', kind: 'pattern', pattern: 'a', flags: 'is', where: 'code', languages: ['go'], zeroAt: null },
  { ...TEXTS, id: 'own/b', kind: 'query', language: 'go', query: '(a) @finding', isEverywhere: true, confidence: 0.5 },
  { ...TEXTS, id: 'own/c', kind: 'path', demand: 'named', namePattern: 'a+', paths: { include: ['a/**', 'b/'] } },
  { ...TEXTS, id: 'own/d', kind: 'path', demand: 'absent', paths: { include: ['a'] }, message: { en: '{match}' } },
])('a rule that is opened and left alone is the same: $id', (input) => {
  const rule = OwnRule.parse(input);

  expect(OwnRule.parse(ruleOf(draftOf(rule)))).toEqual(rule);
});

test('what was not written is left out, so that the server can name it', () => {
  const rule = ruleOf({ ...EMPTY_DRAFT, name: ' no-x ', pattern: 'x' });

  expect(rule).toMatchObject({ id: 'own/no-x', title: {}, zeroAt: 10 });
  expect(OwnRule.safeParse(rule).error?.issues.map(({ path }) => path.join('.'))).toEqual(['title', 'why', 'fix']);
});

test('a rule is tried without its words', () => {
  const texts = { ...EMPTY_DRAFT.texts, message: { en: '\u0007', ja: '' } };
  const draft = { ...EMPTY_DRAFT, name: 'Not A Name', zeroAt: 'many', texts };

  expect(OwnRule.safeParse(testRuleOf({ ...draft, pattern: 'x' })).error).toBeUndefined();
  expect(OwnRule.safeParse(testRuleOf({ ...draft, kind: 'path', include: 'a/**' })).error).toBeUndefined();
  const issues = OwnRule.safeParse(testRuleOf(draft)).error?.issues ?? [];
  expect([...new Set(issues.map(({ path }) => path.join('.')))]).toEqual(['pattern']);
});

test('flags are set and taken away', () => {
  expect(withFlag('s', 'i', true)).toBe('is');
  expect(withFlag('is', 's', false)).toBe('i');
});

test('what the server found wrong stands at its field, with the place, in the reader’s words', () => {
  const fields = [
    { field: 'rule.pattern', problem: 'no', kind: 'lookaround', position: 3, part: '(?=' },
    { field: 'rule.paths.include.2', problem: 'no' },
    { field: 'rule.title', problem: 'no' },
  ];
  const error = new ProblemError({ status: 400, code: 'invalid_request', requestId: null, details: { fields } });

  expect(ruleProblems(en, error)).toEqual({
    pattern: `At character 4: ${en.ownRules.problems.lookaround()}`,
    include: en.ownRules.checkField,
    title: en.ownRules.checkField,
  });
  expect(ruleProblems(ja, error).pattern).toBe(`4文字目：${ja.ownRules.problems.lookaround()}`);
});
