import { expect, test } from 'vitest';
import { en } from '@/lib/i18n/en';
import { ScalingSettings } from '@/lib/schemas/scaling';
import { isSameSettings, settingsProblems } from './draft';

const problemsOf = (settings: Partial<ScalingSettings>) =>
  settingsProblems({ ...ScalingSettings.parse({}), ...settings }, en, String);

test.each([
  [{}, {}],
  [{ minReplicas: 4, maxReplicas: 3 }, { maxReplicas: en.scaling.form.boundsWrong('4') }],
  [{ strategy: 'manual', fixedReplicas: 11 }, { fixedReplicas: en.scaling.form.fixedWrong('1', '10') }],
  [{ strategy: 'reactive', fixedReplicas: 11 }, {}],
  [{ timeZone: 'Mars/Base' }, { timeZone: en.scaling.form.timeZoneWrong }],
] as const)('%j has the problems %j', (settings, expected) => {
  expect(problemsOf(settings)).toEqual(expected);
});

test('settings are the same when each of them is', () => {
  const settings = ScalingSettings.parse({});

  expect(isSameSettings(settings, structuredClone(settings))).toBe(true);
  expect(isSameSettings(settings, { ...settings, tier: 'large' })).toBe(false);
});
