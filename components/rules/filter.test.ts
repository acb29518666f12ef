import { expect, test } from 'vitest';
import type { MagicView, RuleView } from '@/lib/schemas/magics';
import { filterRules, parseRulesFilter, rulesAddress } from './filter';

const none = { search: '', magic: null, severity: null };

function rule(ruleId: string, severity: RuleView['severity'], title: string): RuleView {
  const text = { en: title, ja: `${title}のこと` };
  return {
    ruleId,
    catalogue: 'X-01',
    group: 'g',
    severity,
    confidence: 0.9,
    weight: 1,
    title: text,
    why: text,
    fix: text,
    limits: null,
    evidence: [],
    references: [],
    tags: [],
  };
}

function magic(id: MagicView['magic'], rules: RuleView[]): MagicView {
  return { magic: id, title: { en: id, ja: id }, says: { en: '', ja: '' }, version: 1, weight: 1, groups: [], rules };
}

const catalogue = [
  magic('strict', [rule('strict/no-secret', 'critical', 'Secrets'), rule('strict/no-long-function', 'low', 'Long')]),
  magic('git', [rule('git/no-vague-subject', 'low', 'Subjects')]),
  magic('sages', []),
];
const ids = (magics: MagicView[]) => magics.flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId));

test('without a filter everything stays, also a magic without rules', () => {
  expect(filterRules(catalogue, none)).toEqual(catalogue);
});

test('words match id, number and the title in either language', () => {
  expect(ids(filterRules(catalogue, { ...none, search: 'LONG' }))).toEqual(['strict/no-long-function']);
  expect(ids(filterRules(catalogue, { ...none, search: 'subjectsのこと x-01' }))).toEqual(['git/no-vague-subject']);
});

test('severity and magic narrow together, and empty magics leave', () => {
  const left = filterRules(catalogue, { search: '', magic: 'strict', severity: 'low' });

  expect(left.map(({ magic: id }) => id)).toEqual(['strict']);
  expect(ids(left)).toEqual(['strict/no-long-function']);
});

test('a filter survives its own address', () => {
  const filter = { search: 'no eval', magic: 'strict', severity: 'high' } as const;
  const query = rulesAddress(filter).split('?')[1] ?? '';

  expect(parseRulesFilter(new URLSearchParams(query))).toEqual(filter);
});
