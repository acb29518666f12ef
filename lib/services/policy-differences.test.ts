import { expect, test } from 'vitest';
import { Policy } from '@/lib/magics/policy';
import { policyDifferences } from './policy-differences';

test('names each setting that differs, with both values', () => {
  const before = Policy.parse({ rules: { 'integrity/no-unfinished-code': { severity: 'low' } } });
  const after = Policy.parse({ strictness: 0.95, ignorePaths: ['dist/**'] });

  expect(policyDifferences(before, after)).toEqual([
    { setting: 'ignorePaths', from: '[]', to: '["dist/**"]' },
    { setting: 'rules.integrity/no-unfinished-code.severity', from: '"low"', to: null },
    { setting: 'strictness', from: '0.8', to: '0.95' },
  ]);
});

test('equal policies differ in nothing', () => {
  expect(policyDifferences(Policy.parse({}), Policy.parse({}))).toEqual([]);
});

test('a magic that is on and weighs as published is as one of which nothing is said', () => {
  const said = Policy.parse({ magics: { tdd: { isEnabled: true, weight: 15 }, git: { isEnabled: false } } });

  expect(policyDifferences(Policy.parse({}), said)).toEqual([
    { setting: 'magics.git.isEnabled', from: null, to: 'false' },
  ]);
});
