import { expect, test } from 'vitest';
import { withOption, withRule, withSetting } from './rule-settings';

const rule = { severity: 'medium' } as const;

test('what equals the catalogue is not kept', () => {
  expect(withSetting(rule, undefined, { severity: 'high' })).toEqual({ severity: 'high' });
  expect(withSetting(rule, { severity: 'high' }, { severity: 'medium' })).toBeUndefined();
  expect(withSetting(rule, { isEnabled: false, severity: 'high' }, { isEnabled: true })).toEqual({ severity: 'high' });
});

test('an option that says what holds anyway is taken out', () => {
  const limit = { name: 'limit', fallback: '50' };

  expect(withOption(undefined, limit, 40)).toEqual({ limit: 40 });
  expect(withOption({ limit: 40, other: 1 }, limit, 50)).toEqual({ other: 1 });
  expect(withOption({ limit: 40 }, limit, undefined)).toEqual({});
  expect(withOption({ terms: ['x'] }, { name: 'terms', fallback: '[]' }, [])).toEqual({});
  expect(withSetting(rule, { options: { limit: 40 } }, { options: {} })).toBeUndefined();
});

test('a rule whose setting is gone leaves the map', () => {
  expect(withRule({ a: { isEnabled: false } }, 'a', undefined)).toEqual({});
  expect(withRule({}, 'a', { isEnabled: false })).toEqual({ a: { isEnabled: false } });
});
