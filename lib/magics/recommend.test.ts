import { expect, test } from 'vitest';
import { PRESETS } from './presets';
import { type PolicyEvidence, recommendPolicy } from './recommend';
import type { MagicId } from './types';

const usual: PolicyEvidence = {
  codeLines: 20_000,
  commits: 900,
  authors: 4,
  tests: 300,
  hasPipeline: true,
  hasLicence: false,
  hasNewCoverage: false,
  health: 80,
};
const recommend = (change: Partial<PolicyEvidence>) =>
  recommendPolicy({ ...usual, ...change }, (preset): readonly MagicId[] => {
    const settings = PRESETS[preset];
    return 'focusAreas' in settings ? settings.focusAreas : [];
  });

test.each([
  ['default', 'usual', {}],
  ['default', 'unknown', { codeLines: null, commits: null, authors: null, tests: null }],
  ['startup', 'young', { codeLines: 900, commits: 40, authors: 2 }],
  ['open_source', 'open-source', { hasLicence: true }],
  ['enterprise', 'large', { codeLines: 150_000 }],
  ['enterprise', 'large', { authors: 40 }],
] as const)('recommends %s because it is %s', (preset, id, change) => {
  expect(recommend(change)).toMatchObject({ preset, reason: { id } });
});

test('what is not known changes nothing', () => {
  const nothing = { codeLines: null, commits: null, authors: null, tests: null, hasPipeline: null, health: null };

  expect(recommend(nothing).choices).toEqual([]);
  expect(recommend({}).choices).toEqual([]);
});

test('each choice has its reason', () => {
  const { choices } = recommend({ tests: 0, hasPipeline: false, health: 42.7, hasNewCoverage: true, authors: 9 });

  expect(choices.map(({ path, value, reason }) => [path, value, reason.id])).toEqual([
    ['focusAreas', ['tdd'], 'no-tests'],
    ['focusAreas', ['tdd', 'flow'], 'no-pipeline'],
    ['gate.health.fail', 37, 'low-health'],
    ['gate.newCoverage.warn', 0.8, 'coverage-known'],
    ['gate.smallChangeLines', 20, 'many-people'],
  ]);
  expect(recommend({ authors: 1 }).choices).toMatchObject([{ path: 'magics.sages.weight' }]);
  expect(recommend({ codeLines: 900, commits: 4, authors: 1, tests: 0 }).choices).toMatchObject([
    { path: 'magics.sages.weight' },
  ]);
});
