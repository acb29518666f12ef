import { expect, test } from 'vitest';
import { changesOf } from './differences';

test('a rule that was not set before is told by its settings', () => {
  const differences = [
    { path: 'rules.strict/no-long-function', before: null, after: { severity: 'high', options: { limit: 40 } } },
  ];

  expect(changesOf(differences).map(({ path, after }) => [path.join(' › '), after])).toEqual([
    ['rules › strict/no-long-function › severity', 'high'],
    ['rules › strict/no-long-function › options › limit', 40],
  ]);
});

test('a path rule is known by its glob, dots and all', () => {
  const differences = [{ path: 'pathRules.src/*.gen.ts.isIgnored', before: false, after: true }];

  expect(changesOf(differences)).toEqual([
    { path: ['pathRules', 'src/*.gen.ts', 'isIgnored'], before: false, after: true },
  ]);
});

test('lists and single values stay as they are', () => {
  expect(changesOf([{ path: 'focusAreas', before: [], after: ['tdd'] }])).toEqual([
    { path: ['focusAreas'], before: [], after: ['tdd'] },
  ]);
  expect(changesOf([{ path: 'gate.health.fail', before: 60, after: null }])).toEqual([
    { path: ['gate', 'health', 'fail'], before: 60, after: undefined },
  ]);
});
