import { expect, test } from 'vitest';
import { precisionOf, toPrecision } from './precision';
import counted from './precision.json' with { type: 'json' };
import { findRule } from './registry';

test('only rules that exist were labelled', () => {
  expect(Object.keys(counted).filter((ruleId) => !findRule(ruleId))).toEqual([]);
});

test('a percentage takes ten labels, and its interval is Wilson’s', () => {
  const counts = { debatable: 0, false: 0, noLongerReported: 5 };

  expect(toPrecision({ ...counts, true: 0 })).toMatchObject({ labelled: 0, share: null, low: null, high: null });
  expect(toPrecision({ ...counts, true: 9 })).toMatchObject({ labelled: 9, share: null, low: null, high: null });
  expect(toPrecision({ ...counts, true: 10 })).toMatchObject({ labelled: 10, share: 1, low: expect.closeTo(0.722, 3) });
  expect(toPrecision({ ...counts, true: 16, false: 4 })).toMatchObject({
    share: 0.8,
    low: expect.closeTo(0.584, 3),
    high: expect.closeTo(0.919, 3),
  });
});

test('a rule nobody looked at has no precision', () => {
  expect(precisionOf('a/no-such-rule')).toBeNull();
  expect(precisionOf('toString')).toBeNull();
});
