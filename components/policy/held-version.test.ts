import { expect, test } from 'vitest';
import { Configuration } from '@/lib/schemas/configuration';
import { type HeldVersion, isNewer, openChanges } from './held-version';

const ofProject = (version: number, teamVersion: number, overrides: string[] = []): HeldVersion => {
  const configuration = Configuration.parse({ overrides });
  return { version, configuration, preset: null, team: { version: teamVersion, configuration } };
};

test('a project is newer when its team saved, too', () => {
  expect(isNewer(ofProject(1, 3), ofProject(1, 2))).toBe(true);
  expect(isNewer(ofProject(2, 2), ofProject(1, 2))).toBe(true);
  expect(isNewer(ofProject(1, 2), ofProject(1, 2))).toBe(false);
  expect(isNewer(ofProject(1, 1), ofProject(1, 2))).toBe(false);
});

test('changes of settings that the team closed meanwhile are not kept', () => {
  const changes = [
    { path: ['strictness'], before: 0.8, after: 0.7 },
    { path: ['rules', 'strict/no-secret', 'severity'], before: 'high', after: 'low' },
  ];

  expect(openChanges(changes, ofProject(1, 2, ['rules']))).toEqual([changes[1]]);
  expect(openChanges(changes, { ...ofProject(1, 2), team: undefined } as HeldVersion)).toEqual(changes);
});
