import { expect, test } from 'vitest';
import { END_OF_LIFE } from './end-of-life';

const DAY = /^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

test.each([...END_OF_LIFE])(
  '$product has dated lines of versions, newest first, and a source',
  ({ source, checkedOn, cycles }) => {
    const numbers = cycles.map(([cycle]) => cycle.split('.').map(Number));
    const sorted = [...numbers].sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0) || (b[1] ?? 0) - (a[1] ?? 0));

    expect(source).toMatch(/^https:\/\//);
    expect(checkedOn).toMatch(DAY);
    expect(cycles.filter(([, endsOn]) => !DAY.test(endsOn))).toEqual([]);
    expect(numbers).toEqual(sorted);
  },
);
