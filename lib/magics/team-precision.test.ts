import { expect, test } from 'vitest';
import { demote, FEWEST_FALSE, isDemoted, LEAST_PRECISION, MIN_VERDICTS, teamPrecisionOf } from './team-precision';

const counts = (falsePositive: number, fixed: number) => ({ falsePositive, accepted: 0, wontFix: 0, fixed });

test('no share is told of few verdicts, and no rule demoted by them', () => {
  expect(teamPrecisionOf(counts(19, 0))).toMatchObject({ judged: 19, share: null });
  expect(isDemoted(counts(19, 0))).toBe(false);
});

test('a rule is demoted under the share, and not at it', () => {
  expect(isDemoted(counts(6, 14))).toBe(false);
  expect(isDemoted(counts(7, 13))).toBe(true);
});

test('what is accepted, left and fixed was there', () => {
  const precision = teamPrecisionOf({ falsePositive: 5, accepted: 5, wontFix: 5, fixed: 5 });

  expect(precision).toMatchObject({ judged: 20, share: 0.75 });
});

test('fewer false positives than asked for demote nothing', () => {
  for (let held = 0; held < 200; held++) {
    expect(isDemoted(counts(FEWEST_FALSE - 1, held))).toBe(false);
  }
  expect(isDemoted(counts(FEWEST_FALSE, MIN_VERDICTS - FEWEST_FALSE))).toBe(true);
  expect(LEAST_PRECISION).toBe(0.7);
});

test('the lowest severity has none below', () => {
  expect([demote('critical'), demote('low'), demote('info')]).toEqual(['high', 'info', 'info']);
});
