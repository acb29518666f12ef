import { expect, test } from 'vitest';
import { differencesOf } from './differences';

test('tells each value that is not as it was, by its path', () => {
  const before = { strictness: 0.8, gate: { health: { warn: 75, fail: 60 } }, focusAreas: ['tdd'], rules: {} };
  const after = {
    strictness: 0.9,
    gate: { health: { warn: 75, fail: null } },
    focusAreas: ['tdd', 'flow'],
    rules: { 'strict/no-secret': { severity: 'low' } },
  };

  expect(differencesOf(before, after)).toEqual([
    { path: 'focusAreas', before: ['tdd'], after: ['tdd', 'flow'] },
    { path: 'gate.health.fail', before: 60, after: null },
    { path: 'rules.strict/no-secret', before: null, after: { severity: 'low' } },
    { path: 'strictness', before: 0.8, after: 0.9 },
  ]);
});

test('lists of globs are compared glob by glob, in any order', () => {
  const [first, second] = [
    { glob: 'a/**', isIgnored: true },
    { glob: 'b/**', isIgnored: false },
  ];

  expect(differencesOf({ pathRules: [first, second] }, { pathRules: [{ ...second, isIgnored: true }, first] })).toEqual(
    [{ path: 'pathRules.b/**.isIgnored', before: false, after: true }],
  );
});

test('what is the same has no difference, whatever the order of its keys', () => {
  expect(differencesOf({ a: { b: 1, c: [1, { d: 2 }] } }, { a: { c: [1, { d: 2 }], b: 1 } })).toEqual([]);
});

test('a part that was not there before is told whole', () => {
  expect(differencesOf({ schedule: null }, { schedule: { cron: '0 3 * * *' } })).toEqual([
    { path: 'schedule', before: null, after: { cron: '0 3 * * *' } },
  ]);
});
