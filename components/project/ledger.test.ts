import { expect, test } from 'vitest';
import type { MagicCard } from '@/lib/schemas/audits';
import { healthSum } from './health-sum';
import { ledgerColumns } from './ledger-columns';
import { reducedWeight } from './reduced-weight';

function card(part: Partial<MagicCard>): MagicCard {
  return {
    magic: 'tdd',
    status: 'passed',
    score: null,
    previousScore: null,
    coverage: null,
    weight: 15,
    healthWeight: part.weight ?? 15,
    counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    fixes: 0,
    subScores: [],
    cap: null,
    skipped: [],
    executionTime: null,
    startedAt: null,
    completedAt: null,
    errorCode: null,
    worker: null,
    keptFrom: null,
    ...part,
  };
}

test('a judged magic is a filled column of its score', () => {
  expect(ledgerColumns([card({ score: 88 })])).toMatchObject([{ kind: 'filled', height: 88, colour: 'mossMark' }]);
});

test('a column wears the status of its magic, not a band', () => {
  expect(ledgerColumns([card({ status: 'warning', score: 77 })])).toMatchObject([{ colour: 'ochreMark' }]);
});

test('a magic that runs is dashed at its last score', () => {
  const [column] = ledgerColumns([card({ status: 'running', previousScore: 72 })]);

  expect(column).toMatchObject({ kind: 'dashed', height: 72, score: 72 });
});

test('an error is hatched and has no number', () => {
  const [column] = ledgerColumns([card({ status: 'error', previousScore: 72 })]);

  expect(column).toMatchObject({ kind: 'hatched', score: null });
});

test('a magic without weight has no column', () => {
  expect(ledgerColumns([card({ weight: 0, status: 'not_applicable' })])).toEqual([]);
});

test('points of the sum add up to the health that is shown', () => {
  const cards = [
    card({ magic: 'integrity', score: 88.4, weight: 20 }),
    card({ magic: 'tdd', score: 72.1, weight: 15 }),
    card({ magic: 'predictive', status: 'error', weight: 5 }),
  ];
  const health = Math.round(((88.4 * 20 + 72.1 * 15) / 35) * 10) / 10;

  const sum = healthSum(cards, health);

  const points = sum?.rows.reduce((total, row) => total + (row.points ?? 0), 0) ?? 0;
  expect(Math.round(points * 10) / 10).toBe(health);
  expect(sum?.rows[2]?.points).toBeNull();
  expect(sum?.coverage).toBeCloseTo(35 / 40);
});

test('a magic of little evidence brings only what was judged of it', () => {
  const cards = [card({ score: 100, weight: 15, healthWeight: 5 }), card({ magic: 'git', score: 50, weight: 10 })];

  const sum = healthSum(cards, 66.7);

  expect(sum?.rows.map(({ points }) => points)).toEqual([33.4, 33.3]);
  expect(sum?.coverage).toBeCloseTo(15 / 25);
});

test('without any score there is no sum', () => {
  expect(healthSum([card({ status: 'not_applicable' })], null)).toBeNull();
});

test('a magic of little evidence says what it counts and why, one that counts in full or not at all says nothing', () => {
  expect(reducedWeight(card({ score: 70, coverage: 0.31, weight: 15, healthWeight: 9.3 }))).toEqual({
    counted: 0.62,
    judged: 0.31,
  });
  expect(reducedWeight(card({ score: 70, coverage: 0.6 }))).toBeNull();
  expect(reducedWeight(card({ coverage: 0, healthWeight: 0 }))).toBeNull();
});
