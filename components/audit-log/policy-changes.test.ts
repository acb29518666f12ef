import { expect, test } from 'vitest';
import { policyEntryOf } from './policy-changes';

test('an entry of a policy is told setting by setting, with the version it made', () => {
  const entry = {
    action: 'configuration.changed',
    before: { version: 3, 'gate.health.fail': 60, focusAreas: ['tdd'] },
    after: { version: 4, 'gate.health.fail': 70, focusAreas: [] },
  };

  expect(policyEntryOf(entry)).toEqual({
    isCut: false,
    owner: 'team',
    version: 4,
    changes: [
      { path: ['gate', 'health', 'fail'], before: 60, after: 70 },
      { path: ['focusAreas'], before: ['tdd'], after: [] },
    ],
  });
});

test('what a project sets for itself is told in the same way', () => {
  const entry = {
    action: 'project_configuration.changed',
    before: { version: 0, override: {} },
    after: { version: 1, override: { strictness: 0.9, gate: { health: { fail: 70 } } } },
  };

  expect(policyEntryOf(entry)).toEqual({
    isCut: false,
    owner: 'project',
    version: 1,
    changes: [
      { path: ['strictness'], before: undefined, after: 0.9 },
      { path: ['gate', 'health', 'fail'], before: undefined, after: 70 },
    ],
  });
});

test('an entry that tells as many settings as one may says that there can be more', () => {
  const settings = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`rules.own/r${index}.severity`, 'low']),
  );

  expect(
    policyEntryOf({ action: 'configuration.restored', before: { version: 1 }, after: { version: 2, ...settings } }),
  ).toMatchObject({ version: 2, isCut: true });
});

test('other entries are no policy', () => {
  expect(policyEntryOf({ action: 'member.changed', before: { role: 'a' }, after: { role: 'b' } })).toBeNull();
  expect(policyEntryOf({ action: 'configuration.changed', before: null, after: 'x' })).toBeNull();
});
