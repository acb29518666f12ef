import { expect, test } from 'vitest';
import type { MagicView, RuleView } from '@/lib/schemas/magics';
import { filterRules, NO_FILTER as none, parseRulesFilter, rulesAddress } from './filter';

function rule(ruleId: string, severity: RuleView['severity'], title: string, change: Partial<RuleView> = {}): RuleView {
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
    evidenceKinds: ['code'],
    languages: [],
    options: [],
    precision: null,
    references: [],
    tags: [],
    terms: [],
    upTo: null,
    cap: null,
    ...change,
  };
}

function magic(id: MagicView['magic'], rules: RuleView[]): MagicView {
  return { magic: id, title: { en: id, ja: id }, says: { en: '', ja: '' }, version: 1, weight: 1, groups: [], rules };
}

const catalogue = [
  magic('strict', [
    rule('strict/no-secret', 'critical', 'Secrets', { languages: ['tsx'], tags: ['CWE-798'], terms: ['api key'] }),
    rule('strict/no-long-function', 'low', 'Long'),
  ]),
  magic('git', [rule('git/no-vague-subject', 'low', 'Subjects', { evidenceKinds: ['history'] })]),
  magic('sages', []),
];
const ids = (magics: MagicView[]) => magics.flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId));

test('without a filter everything stays, also a magic without rules', () => {
  expect(filterRules(catalogue, none)).toEqual(catalogue);
});

test('words match id, number, tags, terms and the title in either language', () => {
  expect(ids(filterRules(catalogue, { ...none, search: 'LONG' }))).toEqual(['strict/no-long-function']);
  expect(ids(filterRules(catalogue, { ...none, search: 'cwe-798' }))).toEqual(['strict/no-secret']);
  expect(ids(filterRules(catalogue, { ...none, search: 'API key' }))).toEqual(['strict/no-secret']);
  expect(ids(filterRules(catalogue, { ...none, search: 'subjectsのこと x-01' }))).toEqual(['git/no-vague-subject']);
});

test('severity and magic narrow together, and empty magics leave', () => {
  const left = filterRules(catalogue, { ...none, magic: 'strict', severity: 'low' });

  expect(left.map(({ magic: id }) => id)).toEqual(['strict']);
  expect(ids(left)).toEqual(['strict/no-long-function']);
});

test('evidence narrows to where a rule looks', () => {
  expect(ids(filterRules(catalogue, { ...none, evidence: 'history' }))).toEqual(['git/no-vague-subject']);
});

test('a language keeps the rules with forms of it and those that are the same in all', () => {
  expect(ids(filterRules(catalogue, { ...none, language: 'typescript' }))).toContain('strict/no-secret');
  expect(ids(filterRules(catalogue, { ...none, language: 'go' }))).toEqual([
    'strict/no-long-function',
    'git/no-vague-subject',
  ]);
});

test('a filter survives its own address', () => {
  const filter = {
    search: 'no eval',
    magic: 'strict',
    severity: 'high',
    evidence: 'history',
    language: 'csharp',
  } as const;
  const query = rulesAddress(filter).split('?')[1] ?? '';

  expect(parseRulesFilter(new URLSearchParams(query))).toEqual(filter);
});
