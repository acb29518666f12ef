import { describe, expect, test } from 'vitest';
import {
  CRITICAL_CAP,
  capFor,
  effectiveLimits,
  isBeyond,
  MANY_HIGH_CAP,
  meanOf,
  overallHealth,
  pointsFor,
  roundScore,
  sharesOf,
  statusFor,
  weightedMean,
  weightInHealth,
} from './score';

describe('pointsFor', () => {
  test.each([
    [0.015, 100],
    [0.06, 0],
    [0.0375, 50],
    [0, 100],
    [1, 0],
  ])('gives for %d between 0.015 and 0.06 %d points', (value, points) => {
    expect(pointsFor(value, { good: 0.015, bad: 0.06 })).toBeCloseTo(points);
  });

  test('works where more is better', () => {
    expect(pointsFor(70, { good: 90, bad: 40 })).toBeCloseTo(60);
    expect(pointsFor(95, { good: 90, bad: 40 })).toBe(100);
  });

  test('knows only all or nothing where both limits are one', () => {
    expect(pointsFor(0, { good: 0, bad: 0 })).toBe(100);
    expect(pointsFor(1, { good: 0, bad: 0 })).toBe(0);
  });
});

describe('effectiveLimits', () => {
  const limits = { per: 'measure', good: 0.9, bad: 0.4, range: [0, 1] } as const;

  test('keeps the published limit at the reference strictness', () => {
    expect(effectiveLimits({ ...limits, range: [0, 1] }, 0.8).good).toBeCloseTo(0.9);
  });

  test('asks for more when stricter, never for more than there is', () => {
    expect(effectiveLimits({ ...limits, range: [0, 1] }, 0.9).good).toBeCloseTo(0.9625);
    expect(effectiveLimits({ ...limits, range: [0, 1] }, 1).good).toBe(1);
    expect(effectiveLimits({ per: 'kloc', good: 0.2, bad: 2 }, 1).good).toBe(0);
  });

  test('asks for less when laxer', () => {
    expect(effectiveLimits({ ...limits, range: [0, 1] }, 0.4).good).toBeCloseTo(0.65);
    expect(effectiveLimits({ ...limits, range: [0, 1] }, 0).good).toBeCloseTo(0.4);
  });
});

test('isBeyond looks in the direction of the limits', () => {
  expect(isBeyond(5, { good: 3, bad: 9 })).toBe(true);
  expect(isBeyond(3, { good: 3, bad: 9 })).toBe(false);
  expect(isBeyond(80, { good: 90, bad: 40 })).toBe(true);
});

describe('weightedMean', () => {
  test('leaves out what was not judged', () => {
    expect(
      weightedMean([
        { score: 100, weight: 1 },
        { score: null, weight: 50 },
        { score: 40, weight: 2 },
      ]),
    ).toBe(60);
  });

  test('is nothing when nothing was judged', () => {
    expect(weightedMean([])).toBeNull();
    expect(weightedMean([{ score: null, weight: 1 }])).toBeNull();
    expect(weightedMean([{ score: 100, weight: 0 }])).toBeNull();
  });
});

describe('capFor', () => {
  const high = (ruleId: string) => ({ ruleId, severity: 'high' as const });
  const four = ['a', 'a', 'a', 'a'].map(high);

  test('puts a critical finding before all', () => {
    const findings = [...four, { ruleId: 'b', severity: 'critical' as const }];

    expect(capFor(findings, [{ ruleId: 'b', score: 100 }])).toEqual({ limit: CRITICAL_CAP, ruleId: 'b' });
  });

  test('counts more than three high findings of one rule', () => {
    expect(capFor(four, [{ ruleId: 'a', score: 0 }])).toEqual({ limit: MANY_HIGH_CAP, ruleId: 'a' });
    expect(capFor(['a', 'a', 'a', 'b', 'b', 'b'].map(high), [])).toBeNull();
  });

  test.each([
    [null, 74],
    [73.9, 74],
    [95.04, 95],
  ])('of a rule that scores %s caps at %d', (score, limit) => {
    expect(capFor(four, [{ ruleId: 'a', score }])).toEqual({ limit, ruleId: 'a' });
  });

  test('is none where the rate of the rule is good, however many findings that are', () => {
    expect(capFor(four, [{ ruleId: 'a', score: 100 }])).toBeNull();
  });

  test('is the lowest of several', () => {
    const findings = ['a', 'b', 'c'].flatMap((ruleId) => [1, 2, 3, 4].map(() => high(ruleId)));
    const rules = [
      { ruleId: 'a', score: 97 },
      { ruleId: 'b', score: 88 },
      { ruleId: 'c', score: 100 },
    ];

    expect(capFor(findings, rules)).toEqual({ limit: 88, ruleId: 'b' });
  });
});

describe('statusFor', () => {
  test.each([
    [100, 'inconclusive'],
    [70, 'inconclusive'],
    [59, 'failed'],
  ])('calls a score of %s from under half of the weight %s', (score, status) => {
    expect(statusFor({ score, coverage: 0.49, hasCritical: false, rules: [] })).toBe(status);
    expect(statusFor({ score, coverage: 0.5, hasCritical: false, rules: [] })).not.toBe('inconclusive');
  });

  test.each([
    [59.9, false, 'failed'],
    [60, false, 'warning'],
    [79.9, false, 'warning'],
    [80, false, 'passed'],
    [95, true, 'failed'],
  ])('calls %d with critical %s %s', (score, hasCritical, status) => {
    expect(statusFor({ score, coverage: 1, hasCritical, rules: [] })).toBe(status);
  });

  test('never passes what was not judged', () => {
    const rule = (outcome: string) => ({ outcome }) as Parameters<typeof statusFor>[0]['rules'][number];

    expect(statusFor({ score: null, coverage: 0, hasCritical: false, rules: [] })).toBe('not_applicable');
    expect(statusFor({ score: null, coverage: 0, hasCritical: false, rules: [rule('error'), rule('error')] })).toBe(
      'error',
    );
    expect(
      statusFor({ score: null, coverage: 0, hasCritical: false, rules: [rule('not-available'), rule('inconclusive')] }),
    ).toBe('inconclusive');
  });
});

test('overallHealth says for how much of the weight it stands', () => {
  expect(
    overallHealth([
      { score: 80, weight: 20, coverage: 1 },
      { score: null, weight: 60, coverage: null },
    ]),
  ).toEqual({ score: 80, coverage: 0.25 });
  expect(overallHealth([])).toEqual({ score: null, coverage: 0 });
});

test('a magic of little evidence weighs less in the health', () => {
  const parts = [
    { score: 100, weight: 15, coverage: 0.4 },
    { score: 50, weight: 15, coverage: 0.5 },
  ];

  expect(parts.map(({ weight, coverage }) => weightInHealth(weight, coverage))).toEqual([12, 15]);
  expect(overallHealth(parts)).toEqual({ score: 72.2, coverage: 0.9 });
});

test('a little less evidence moves the weight of a magic a little', () => {
  const steps = Array.from({ length: 101 }, (_, percent) => weightInHealth(15, percent / 100));

  for (const [at, weight] of steps.entries()) {
    expect(weight - (steps[at - 1] ?? 0)).toBeGreaterThanOrEqual(0);
    expect(weight - (steps[at - 1] ?? 0)).toBeLessThanOrEqual(0.31);
  }
  expect([steps[0], steps[50], steps[100]]).toEqual([0, 15, 15]);
});

test('roundScore keeps one decimal', () => {
  expect(roundScore(74.25)).toBe(74.3);
});

describe('sharesOf', () => {
  const part = (group: string, score: number | null, weight = 1) => ({ group, score, weight });

  test('is the weight of what was judged where groups have none', () => {
    const parts = [part('a', 100, 3), part('a', null, 5), part('b', 0, 1)];

    expect(sharesOf(parts, [{ id: 'a' }, { id: 'b' }])).toEqual([0.75, 0, 0.25]);
  });

  test('is divided within groups that have weights; one without a score leaves its part to the others', () => {
    const groups = [
      { id: 'a', weight: 3 },
      { id: 'b', weight: 1 },
      { id: 'c', weight: 9 },
    ];
    const parts = [part('a', 100), part('a', 50), part('b', 0), part('c', null)];

    const shares = sharesOf(parts, groups);

    expect(shares).toEqual([0.375, 0.375, 0.25, 0]);
    expect(meanOf(parts, shares)).toBe(56.25);
  });

  test('is nothing when nothing was judged', () => {
    const parts = [part('a', null), part('a', 80, 0)];

    const shares = sharesOf(parts, [{ id: 'a' }]);

    expect(shares).toEqual([0, 0]);
    expect(meanOf(parts, shares)).toBeNull();
  });
});
