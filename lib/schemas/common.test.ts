import { expect, test } from 'vitest';
import { BranchName } from './common';

test.each(['main', 'feature/pay-cards', 'release-1.2', '機能/支払い', 'a@b'])('%s is the name of a branch', (name) => {
  expect(BranchName.safeParse(name).success).toBe(true);
});

test.each([
  'main~1',
  'main^{/x}',
  'main@{1}',
  'a..b',
  '-x',
  '/a',
  'a/',
  'a//b',
  'a.lock',
  'a b',
  'a:b',
  'refs?',
  'x\u0000',
  '.hidden',
])('%j is none', (name) => {
  expect(BranchName.safeParse(name).success).toBe(false);
});
