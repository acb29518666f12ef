import { expect, test } from 'vitest';
import { checkSetup } from './check-setup';

const right = {
  email: 'ren@example.com',
  name: '佐藤 蓮',
  teamName: 'カワセミ基盤',
  password: 'correct horse',
  again: 'correct horse',
};

test('a complete draft has no fault', () => {
  expect(checkSetup(right)).toEqual({});
});

test.each([
  [{ email: 'ren' }, { email: 'email' }],
  [{ name: '  ' }, { name: 'name' }],
  [{ teamName: '' }, { teamName: 'teamName' }],
  [{ teamName: 'x'.repeat(121) }, { teamName: 'long' }],
  [{ password: 'short', again: 'short' }, { password: 'short' }],
  [{ again: 'correct house' }, { again: 'different' }],
])('%j is told', (change, faults) => {
  expect(checkSetup({ ...right, ...change })).toEqual(faults);
});
