import { expect, test } from 'vitest';
import { isFixable } from './is-fixable';

const finding = { path: 'src/pay.ts', startLine: 3, data: {} };

test.each([
  ['a test in a comment', 'tdd/no-leftover-test', 'commented', { text: "test('pays', () => {" }],
  ['a print that gives nothing back', 'integrity/no-debug-leftover', 'print', { callee: 'console.log' }],
  ['a focus', 'tdd/no-focused-test', 'focused', { name: 'pays' }],
])('%s may have a patch', (_, ruleId, messageId, data) => {
  expect(isFixable({ ...finding, ruleId, messageId, data })).toBe(true);
});

test.each([
  ['two tests of one name', 'tdd/no-leftover-test', 'title', { name: 'pays' }],
  ['a file of snapshots', 'tdd/no-leftover-test', 'snapshots', { tests: 3 }],
  ['an assertion that calls something', 'tdd/no-tautology', 'always', { text: 'expect(pay(1)).toBe(pay(1));' }],
  ['a print through a library', 'integrity/no-debug-leftover', 'print', { callee: 'fmt.Println' }],
  ['unreachable work', 'strict/no-unreachable-code', 'unreachable', { code: 'log(card)' }],
  ['a case given twice', 'strict/no-duplicate-key', 'case', { key: '1', first: 2 }],
  ['invalid YAML', 'strict/no-invalid-data', 'invalid', { format: 'YAML', problem: 'x' }],
  ['a rule without edits', 'strict/no-secret', 'key', {}],
])('%s has none', (_, ruleId, messageId, data) => {
  expect(isFixable({ ...finding, ruleId, messageId, data })).toBe(false);
});

test('a finding about no file has none', () => {
  const focused = { ruleId: 'tdd/no-focused-test', messageId: 'focused', data: {} };

  expect(isFixable({ ...focused, path: null, startLine: null })).toBe(false);
});
