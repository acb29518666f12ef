import { expect, test } from 'vitest';
import { sparkline } from './sparkline-geometry';

test('no audit draws nothing', () => {
  expect(sparkline([], 84, 24)).toEqual({ paths: [], dots: [], last: null });
  expect(sparkline([null, null], 84, 24)).toEqual({ paths: [], dots: [], last: null });
});

test('one audit is a point at the right', () => {
  const { paths, last } = sparkline([80], 84, 24);

  expect(paths).toEqual([]);
  expect(last).toEqual({ x: 79, y: 12 });
});

test('a change of a point stays a small step: the scale is at least 16 points', () => {
  const { paths } = sparkline([80, 81], 84, 24);
  const [first, second] = (paths[0] ?? '')
    .slice(1)
    .split('L')
    .map((pair) => Number(pair.split(' ')[1]));

  expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThan(1.5);
});

test('a fall of 60 points uses the whole height and stays inside', () => {
  const { paths } = sparkline([90, 30], 84, 24);
  const heights = (paths[0] ?? '')
    .slice(1)
    .split('L')
    .map((pair) => Number(pair.split(' ')[1]));

  expect(heights).toEqual([3, 21]);
});

test('a gap splits the line, and a point alone between gaps stays visible', () => {
  const { paths, dots, last } = sparkline([80, 81, null, 82, null, 83, 84, null], 84, 24);

  expect(paths).toHaveLength(2);
  expect(dots).toHaveLength(1);
  expect(last?.x).toBeLessThan(79);
});
