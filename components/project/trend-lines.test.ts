import { expect, test } from 'vitest';
import type { TrendPoint } from '@/lib/schemas/projects';
import { parseLines, spread, trendLines } from './trend-lines';

test('an address adds four magics at most, in their fixed order, and none that is unknown', () => {
  expect(parseLines(null)).toEqual([]);
  expect(parseLines('git,integrity,nonsense')).toEqual(['integrity', 'git']);
  expect(parseLines('predictive,servant,sages,git,strict,flow')).toEqual(['flow', 'strict', 'git', 'sages']);
});

test('a magic that an audit did not judge leaves a gap in its line', () => {
  const points = [
    { healthScore: 80, magics: { tdd: 70 } },
    { healthScore: null, magics: { tdd: null } },
    { magics: {} },
  ];

  const [health, tdd] = trendLines(points as unknown as TrendPoint[], ['tdd']);

  expect(health).toMatchObject({ id: 'health', dash: null, scores: [80, null, undefined] });
  expect(tdd).toMatchObject({ id: 'tdd', scores: [70, null, null] });
});

test('each line has its own pattern', () => {
  const patterns = trendLines([], ['integrity', 'tdd', 'flow', 'strict']).map(({ dash }) => dash);

  expect(new Set(patterns).size).toBe(5);
});

test('names that would cover each other make room and stay in order', () => {
  expect(spread([10, 50, 90], 13, 0, 100)).toEqual([10, 50, 90]);
  expect(spread([50, 51], 13, 0, 100)).toEqual([50, 63]);
  expect(spread([99, 98], 13, 0, 100)).toEqual([100, 87]);
  expect(spread([2, 1, 0], 13, 0, 100)).toEqual([26, 13, 0]);
});
