import { expect, test } from 'vitest';
import { Configuration } from '@/lib/schemas/configuration';
import { overrideOf, withOverride } from './override-of';

const options = { magics: [{ magic: 'tdd' as const, weight: 15, title: { en: '', ja: '' }, rules: 22 }] };
const team = Configuration.parse({
  strictness: 0.9,
  magics: { tdd: { isEnabled: false } },
  rules: { 'strict/no-secret': { severity: 'high' }, 'tdd/has-tests': { isEnabled: false } },
  overrides: ['strictness', 'magics', 'rules'],
});

test('only what differs from the team is set, entry by entry', () => {
  const draft = {
    ...team,
    strictness: 0.7,
    rules: { ...team.rules, 'tdd/has-tests': { severity: 'low' as const } },
  };

  const override = overrideOf(team, draft, team.overrides, options);

  expect(override).toEqual({ strictness: 0.7, rules: { 'tdd/has-tests': { severity: 'low' } } });
  expect(withOverride(team, override, team.overrides)).toEqual(draft);
});

test('what the team set and the project has as published is set as published', () => {
  const override = overrideOf(team, { ...team, magics: {}, rules: {} }, team.overrides, options);

  expect(override).toEqual({
    magics: { tdd: { isEnabled: true, weight: 15 } },
    rules: { 'strict/no-secret': {}, 'tdd/has-tests': {} },
  });
});

test('what the team does not allow is neither set nor in effect', () => {
  expect(overrideOf(team, { ...team, retention: { days: 30, audits: null } }, team.overrides, options)).toEqual({});
  expect(withOverride(team, { retention: { days: 30, audits: null } }, team.overrides)).toEqual(team);
});
