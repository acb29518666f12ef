import { expect, test } from 'vitest';
import type { MagicDetail, RuleResultView } from '@/lib/schemas/magics';
import { scoreSum, withShownPoints } from './score-sum';
import { groupRules, standingOf } from './standing';

function rule(part: Partial<RuleResultView>): RuleResultView {
  return {
    ruleId: 'strict/no-x',
    outcome: 'passed',
    score: 100,
    share: 0.5,
    contribution: 50,
    ...part,
  } as RuleResultView;
}

const card = (score: number | null) => ({ score }) as MagicDetail['card'];

test('a rule stands by its score', () => {
  expect(standingOf(rule({ score: 59.9 }))).toBe('failed');
  expect(standingOf(rule({ score: 79 }))).toBe('warning');
  expect(standingOf(rule({ score: 80 }))).toBe('passed');
});

test('a rule that reports something has not passed, however good its score', () => {
  expect(standingOf(rule({ outcome: 'failed', score: 98 }))).toBe('warning');
  expect(standingOf(rule({ outcome: 'failed', score: null }))).toBe('warning');
});

test('a rule that had too little to judge was not evaluated, whatever it found', () => {
  expect(standingOf(rule({ outcome: 'passed', score: null, isInformational: true }))).toBe('not-evaluated');
  expect(standingOf(rule({ outcome: 'failed', score: null, isInformational: true }))).toBe('not-evaluated');
});

test('a rule without a judgement has not passed either', () => {
  for (const outcome of ['not-available', 'not-applicable', 'inconclusive', 'error'] as const) {
    expect(standingOf(rule({ outcome, score: null }))).toBe('not-evaluated');
  }
});

test('within a group the rule that costs most comes first', () => {
  const cheap = rule({ ruleId: 'strict/a', score: 50, share: 0.1, contribution: 5 });
  const dear = rule({ ruleId: 'strict/b', score: 50, share: 0.6, contribution: 30 });

  expect(groupRules([cheap, dear])).toEqual([{ standing: 'failed', rules: [dear, cheap] }]);
});

test('the points add up to the score', () => {
  const rules = [
    rule({ score: 100, share: 1 / 3, contribution: 100 / 3 }),
    rule({ ruleId: 'strict/b', score: 80, share: 1 / 3, contribution: 80 / 3 }),
    rule({ ruleId: 'strict/c', score: 50, share: 1 / 3, contribution: 50 / 3 }),
    rule({ ruleId: 'strict/d', outcome: 'not-applicable', score: null, share: null, contribution: null }),
  ];

  const sum = scoreSum({ rules, cap: null, card: card(76.7) });

  expect(sum?.rows).toHaveLength(3);
  expect(Math.round((sum?.rows.reduce((total, { points }) => total + points, 0) ?? 0) * 10) / 10).toBe(76.7);
  expect(sum?.total).toBe(76.7);
});

test('a rule says of itself the points that the sum shows', () => {
  const rules = ['a', 'b', 'c'].map((name) => rule({ ruleId: `strict/${name}`, share: 1 / 3, contribution: 100 / 3 }));
  const detail = { rules, cap: null, card: card(100) };

  const shown = withShownPoints(detail).map(({ contribution }) => contribution);

  expect(shown).toEqual(scoreSum(detail)?.rows.map(({ points }) => points));
  expect(shown).toEqual([33.4, 33.3, 33.3]);
});

test('shares are rounded with their points, so that full points are all of a share', () => {
  const rules = Array.from({ length: 15 }, (_, at) =>
    rule({
      ruleId: `strict/${at}`,
      share: 1 / 15,
      contribution: (at < 12 ? 1 : 0.31) * (100 / 15),
      score: at < 12 ? 100 : 31,
    }),
  );

  const shown = withShownPoints({ rules, cap: null, card: card(86.2) });

  const full = shown.filter(({ score }) => score === 100);
  expect(full.map(({ share }) => Math.round((share ?? 0) * 1000) / 10)).toEqual(
    full.map(({ contribution }) => contribution),
  );
  expect(Math.round(shown.reduce((sum, { share }) => sum + (share ?? 0), 0) * 1000)).toBe(1000);
});

test('a cap keeps the sum and lowers the score', () => {
  const rules = [rule({ share: 1, contribution: 88 })];

  const sum = scoreSum({ rules, cap: { limit: 49, ruleId: 'strict/no-secret' }, card: card(49) });

  expect(sum).toMatchObject({ total: 88, score: 49, cap: { limit: 49 } });
});

test('without a judged rule there is no sum', () => {
  expect(scoreSum({ rules: [rule({ contribution: null })], cap: null, card: card(null) })).toBeNull();
});
