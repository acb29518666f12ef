import { expect, test } from 'vitest';
import { keepOrder } from './stable-order';

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const order = (now: string, kept: string) =>
  keepOrder(rows(now), [...kept], ({ id }) => id)
    .map(({ id }) => id)
    .join('');

test.each([
  ['abc', 'abc', 'abc'],
  ['cab', 'abc', 'abc'],
  ['xcab', 'abc', 'abcx'],
  ['yxba', 'abc', 'abyx'],
  ['abc', '', 'abc'],
  ['', 'abc', ''],
])('%j over the kept order %j is %j', (now, kept, expected) => {
  expect(order(now, kept)).toBe(expected);
});
