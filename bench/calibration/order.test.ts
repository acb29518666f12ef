import { describe, expect, test } from 'vitest';
import { orderOf, unmatched } from './order';

const GROUPS = { good: { 'a/one': 'tested', 'a/two': 'reviewed' }, poor: { 'b/one': 'left' } };
const audit = (project: string, strict: number | null) => ({ project, scores: { strict } });

describe('orderOf', () => {
  test('holds where the mean of each group is above that of the next', () => {
    const order = orderOf('strict', GROUPS, [audit('a/one', 90), audit('a/two', 70), audit('b/one', 75)]);

    expect(order).toEqual({
      column: 'strict',
      means: [
        { group: 'good', mean: 80, repositories: 2 },
        { group: 'poor', mean: 75, repositories: 1 },
      ],
      broken: [],
      pairsInOrder: 0.5,
    });
  });

  test('names the groups that are equal or the wrong way round', () => {
    const order = orderOf('strict', GROUPS, [audit('a/one', 75), audit('b/one', 75)]);

    expect(order).toMatchObject({ broken: [['good', 'poor']], pairsInOrder: 0.5 });
  });

  test('passes over groups of which nothing was judged', () => {
    const order = orderOf('strict', { none: {}, ...GROUPS }, [audit('a/one', null), audit('b/one', 75)]);

    expect(order).toMatchObject({ broken: [], pairsInOrder: null });
    expect(order.means.map(({ mean }) => mean)).toEqual([null, null, 75]);
  });
});

test('unmatched names those without an audit and those without a group', () => {
  expect(unmatched(GROUPS, [audit('a/one', 1), audit('b/one', 2), audit('c/one', 3)])).toEqual(['a/two', 'c/one']);
});
