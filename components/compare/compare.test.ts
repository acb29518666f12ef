import { describe, expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { noCounts } from '@/lib/magics/counts';
import { COMPARED_STATES } from '@/lib/schemas/comparisons';
import { comparisonSentence } from './comparison-sentence';
import { parseChoice } from './parse-choice';

const NOW = Date.UTC(2026, 10, 1);

function told(from: number | null, to: number | null, fresh = 0): string {
  const changes = Object.fromEntries(COMPARED_STATES.map((state) => [state, noCounts()])) as never;
  return comparisonSentence(
    {
      from: { healthScore: from },
      to: { healthScore: to },
      healthChange: null,
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
