import { expect, test } from 'vitest';
import { isSameCommit } from './is-same-commit';

const ID = '0123456789abcdef0123456789abcdef01234567';

test.each([
  [ID, ID],
  [ID, ID.slice(0, 12)],
  [ID.slice(0, 12), ID],
  [ID.slice(0, 7), ID.slice(0, 12)],
])('ids that agree are of one commit: %s, %s', (one, other) => {
  expect(isSameCommit(one, other)).toBe(true);
});

test.each([
  [ID, `${ID.slice(0, 39)}8`],
  [ID.slice(0, 12), `${ID.slice(0, 11)}0`],
  [ID, ID.slice(1, 13)],
  [ID, ID.slice(0, 6)],
  [ID.slice(0, 6), ID.slice(0, 6)],
  [ID, ''],
  ['', ''],
])('ids that differ, or say too little, are not: %s, %s', (one, other) => {
  expect(isSameCommit(one, other)).toBe(false);
});
