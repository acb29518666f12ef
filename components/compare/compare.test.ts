import { describe, expect, test } from 'vitest';
import { changeWords } from '@/components/policy/change-words';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { shownChange } from '@/lib/i18n/shown-change';
import { noCounts } from '@/lib/magics/counts';
import { COMPARED_STATES } from '@/lib/schemas/comparisons';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { comparisonSentence } from './comparison-sentence';
import { parseChoice } from './parse-choice';
import { policyChanges } from './policy-changes';

const NOW = Date.UTC(2026, 10, 1);

function told(from: number | null, to: number | null, fresh = 0): string {
  const changes = Object.fromEntries(COMPARED_STATES.map((state) => [state, noCounts()])) as never;
  return comparisonSentence(
    {
      from: { healthScore: from },
      to: { healthScore: to },
      changes: { ...(changes as object), new: { ...noCounts(), high: fresh } } as never,
    },
    messagesIn('en'),
    createFormat('en', 'UTC', NOW),
  );
}

describe('the sentence of a comparison', () => {
  test('says how health changed and what is new and fixed', () => {
    expect(told(71.2, 85.4, 1)).toBe('Health rose from 71 to 85 (+14). 1 finding is new, 0 fixed.');
    expect(told(85, 71, 2)).toBe('Health fell from 85 to 71 (−14). 2 findings are new, 0 fixed.');
  });

  test('calls a change that nobody sees none', () => {
    expect(told(71.2, 71.4)).toBe('Health is 71 in both. 0 findings are new, 0 fixed.');
  });

  test('makes no number of a missing one', () => {
    expect(told(null, 80)).toBe('One of the two has no health score. 0 findings are new, 0 fixed.');
  });
});

test('an address chooses known states alone', () => {
  expect(parseChoice('fixed,new,better')).toEqual(['new', 'fixed']);
  expect(parseChoice(null)).toEqual([]);
});

test('settings of the policy are told in the words of its pages', () => {
  const options = { fields: [], magics: [], rules: [], frameworks: [] } as unknown as AvailableOptions;
  const policy = [
    { setting: 'gate.newCode.since', from: '"previous"', to: '"merge_base"' },
    { setting: 'gate.failedMagic', from: '"warning"', to: '"ignored"' },
    { setting: 'ignorePaths', from: '["dist/**"]', to: '["dist/**","vendor/"]' },
    { setting: 'strictness', from: '0.8', to: '0.95' },
    { setting: 'gate.newCode.tag', from: null, to: '"failed"' },
  ];
  const told = (language: 'en' | 'ja') =>
    policyChanges(policy).map((change) => {
      const words = { t: messagesIn(language), format: createFormat(language, 'UTC', NOW), options };
      const { name, before, after } = changeWords(change, words);
      return [name, before, after];
    });

  expect(told('en')).toEqual([
    ['Quality gate · new code · since', 'the audit before', 'the merge base with the main branch'],
    ['Quality gate · failed magic', 'warns', 'does not matter'],
    ['Ignored paths', '', 'vendor/'],
    ['Strictness', '0.8', '0.95'],
    ['Quality gate · new code · tag', 'not set', 'failed'],
  ]);
  expect(told('ja').slice(0, 2)).toEqual([
    ['品質ゲート · 新しいコード · 起点', '直前の監査', 'メインブランチとの分岐点'],
    ['品質ゲート · 不合格の魔法', '警告にする', '影響しない'],
  ]);
});

test('a change is the difference of the two numbers that are shown', () => {
  expect(shownChange(92.6, 90.4)).toBe(-3);
  expect(shownChange(96.4, 95.6)).toBe(0);
});
