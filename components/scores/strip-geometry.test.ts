import { expect, test } from 'vitest';
import { STRIP_HEIGHT, stripColumns, stripWidth } from './strip-geometry';

test('columns stand at equal steps and end at the lower edge', () => {
  const columns = stripColumns(
    [
      { status: 'passed', score: 100 },
      { status: 'warning', score: 50 },
    ],
    15,
  );

  expect(columns.map(({ x }) => x)).toEqual([0, 15]);
  expect(columns.every(({ y, height }) => y + height === STRIP_HEIGHT)).toBe(true);
  expect(columns.map(({ height }) => height)).toEqual([20, 10]);
});

test('a score of 0 is still drawn', () => {
  expect(stripColumns([{ status: 'failed', score: 0 }], 15)[0]).toMatchObject({ kind: 'filled', height: 1 });
});

test.each([
  ['failed', 40, 'filled', true],
  ['failed', null, 'dashed', false],
  ['passed', 90, 'filled', false],
  ['not_applicable', null, 'dashed', false],
  ['inconclusive', null, 'dashed', false],
  ['inconclusive', 95, 'hollow', false],
  ['waiting', null, 'dashed', false],
  ['error', null, 'crossed', false],
  ['error', 70, 'crossed', false],
] as const)('%s with score %j is %s', (status, score, kind, hasWedge) => {
  expect(stripColumns([{ status, score }], 15)[0]).toMatchObject({ kind, hasWedge });
});

test.each([
  [8, 15, 114],
  [8, 14, 107],
  [1, 15, 9],
  [0, 15, 0],
])('%i columns at a step of %i are %i wide', (count, pitch, width) => {
  expect(stripWidth(count, pitch)).toBe(width);
});
