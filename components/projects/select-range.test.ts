import { expect, test } from 'vitest';
import { rangeOf } from './select-range';

const IDS = ['a', 'b', 'c', 'd'];

test('a range reaches from the last choice to this one, in either direction', () => {
  expect(rangeOf(IDS, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(IDS, 'd', 'b')).toEqual(['b', 'c', 'd']);
});

test('without a last choice on screen the range is the one row', () => {
  expect(rangeOf(IDS, null, 'c')).toEqual(['c']);
  expect(rangeOf(IDS, 'gone', 'c')).toEqual(['c']);
  expect(rangeOf(IDS, 'a', 'gone')).toEqual([]);
});
