import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSampled } from './recheck-sample';

const ids = Array.from({ length: 20_000 }, () => randomUUID());

test('the share of audits that is judged twice is the one that was asked for', () => {
  const shareOf = (percent: number) => (ids.filter((id) => isSampled(id, percent)).length / ids.length) * 100;

  expect(shareOf(0)).toBe(0);
  expect(Math.abs(shareOf(1) - 1)).toBeLessThan(0.5);
  expect(Math.abs(shareOf(50) - 50)).toBeLessThan(3);
  expect(shareOf(100)).toBe(100);
});

test('an audit is drawn or not whoever asks, and a greater share holds the smaller one', () => {
  expect(isSampled('0198e4d2-7c1a-7b65-9d5f-3a6f0c2b1e10', 1)).toBe(false);
  expect(isSampled('0198e4d2-7c1a-7b65-9d5f-3a6f0c2b1e10', 100)).toBe(true);
  for (const id of ids.slice(0, 2_000)) expect(!isSampled(id, 1) || isSampled(id, 5)).toBe(true);
});
