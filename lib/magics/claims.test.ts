import { expect, test } from 'vitest';
import { claimOf } from './claims';

test.each([
  ['test: cover refunds', 'tests'],
  ['Add unit tests for refunds', 'tests'],
  ['feat: refunds, add tests', 'tests'],
  ['返金のテストを追加', 'tests'],
  ['docs(api): explain refunds', 'documentation'],
  ['style: indent', null],
  ['fix: race in refunds', 'bug-fix'],
  ['Fix crash on empty cart', 'bug-fix'],
  ['決済のバグを修正', null],
  ['Implement refunds', 'complete'],
  ['feat: complete refunds', 'complete'],
  ['feat: 返金の実装完了', 'complete'],
])('"%s" claims %s', (subject, claim) => {
  expect(claimOf({ subject })).toBe(claim);
});

test.each([
  'Add test workflow',
  'add test data for refunds',
  'Fix typo in crash report guide',
  'fix(docs): broken link',
  'fix: rounding',
  'Implementation notes',
  'Merge branch main',
  'Add contest page',
  'update',
])('"%s" claims nothing that files could deny', (subject) => {
  expect(claimOf({ subject })).toBeNull();
});
