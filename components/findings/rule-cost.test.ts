import { expect, test } from 'vitest';
import type { MagicDetail, RuleResultView } from '@/lib/schemas/magics';
import { ruleCost } from './rule-cost';

function rule(part: Partial<RuleResultView>): RuleResultView {
  const base = { ruleId: 'strict/a', score: 100, share: 0.5, contribution: 50, findings: 0, dropped: 0 };
  return { ...base, ...part } as RuleResultView;
}

function detail(rules: RuleResultView[], score: number | null, cap: MagicDetail['cap'] = null) {
  return { rules, cap, card: { score } as MagicDetail['card'] };
}

test('a rule costs what its part of the score lacks, all its findings together', () => {
  const dear = rule({ ruleId: 'strict/b', score: 40, contribution: 20, findings: 3, dropped: 2 });

  expect(ruleCost(detail([rule({}), dear], 70), 'strict/b')).toEqual({ points: 30, findings: 5, cap: null });
  expect(ruleCost(detail([rule({}), dear], 70), 'strict/a')).toEqual({ points: 0, findings: 0, cap: null });
});

test('what all rules cost and the score make 100', () => {
  const thirds = ['strict/a', 'strict/b', 'strict/c'].map((ruleId, at) =>
    rule({ ruleId, share: 1 / 3, contribution: (100 - at * 20) / 3 }),
  );

  const lost = thirds.map(({ ruleId }) => ruleCost(detail(thirds, 80), ruleId)?.points ?? Number.NaN);

  expect(lost.reduce((sum, points) => sum + points, 80)).toBeCloseTo(100, 1);
});

test('a rule that caps the score says to what', () => {
  const capping = rule({ score: 90, contribution: 45, findings: 1 });
  const capped = detail([capping, rule({ ruleId: 'strict/b' })], 49, { limit: 49, ruleId: 'strict/a' });

  expect(ruleCost(capped, 'strict/a')?.cap).toBe(49);
  expect(ruleCost(capped, 'strict/b')?.cap).toBeNull();
});

test('of a rule that was left out of the score nothing is said', () => {
  const out = rule({ score: null, share: null, contribution: null, findings: 2 });

  expect(ruleCost(detail([out], null), 'strict/a')).toBeNull();
  expect(ruleCost(detail([rule({})], 100), 'strict/gone')).toBeNull();
});
