import { describe, expect, test } from 'vitest';
import { Configuration, ProjectOverride } from '@/lib/schemas/configuration';
import { changesOf, changesOfRestore } from './differences';

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

describe('of a version that would be brought back', () => {
  test('the present stands before, the version after; path rules are known by their globs', () => {
    const rule = (glob: string, isIgnored: boolean) => ({ glob, isIgnored });
    const current = Configuration.parse({ strictness: 0.95, pathRules: [rule('a/**', true), rule('b.c/*', true)] });
    const configuration = Configuration.parse({ pathRules: [rule('b.c/*', false), rule('a/**', true)] });

    expect(changesOfRestore(current, { configuration })).toEqual([
      { path: ['strictness'], before: 0.95, after: 0.8 },
      { path: ['pathRules', 'b.c/*', 'isIgnored'], before: true, after: false },
    ]);
  });

  test('what a project set for itself comes and goes', () => {
    const current = ProjectOverride.parse({ focusAreas: ['tdd'] });

    expect(changesOfRestore(current, { override: ProjectOverride.parse({ strictness: 0.7 }) })).toEqual([
      { path: ['focusAreas'], before: ['tdd'], after: undefined },
      { path: ['strictness'], before: undefined, after: 0.7 },
    ]);
  });
});
