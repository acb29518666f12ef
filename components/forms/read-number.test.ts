import { expect, test } from 'vitest';
import { readNumber, stepFrom } from './read-number';

test('a decimal comma and full-width digits are read', () => {
  expect(readNumber('0,85', { step: 0.01 })).toBe(0.85);
  expect(readNumber('０．８', { step: 0.01 })).toBe(0.8);
  expect(readNumber(' 12 ', {})).toBe(12);
  expect(readNumber('1.0', {})).toBe(1);
});

test('what is no number, out of the range or no whole number is not read', () => {
  expect(readNumber('1e3', {})).toBeUndefined();
  expect(readNumber('0.', { step: 0.1 })).toBeUndefined();
  expect(readNumber('101', { most: 100 })).toBeUndefined();
  expect(readNumber('-1', { least: 0 })).toBeUndefined();
  expect(readNumber('1.5', {})).toBeUndefined();
  expect(readNumber('0.833', { step: 0.01 })).toBeUndefined();
  expect(readNumber('0.0000001', {})).toBeUndefined();
});

test('nothing is null only where nothing may be set', () => {
  expect(readNumber('', { isOptional: true })).toBeNull();
  expect(readNumber('', {})).toBeUndefined();
});

test('steps stay in the range and are clean', () => {
  expect(stepFrom(0.7, 0.1, { step: 0.1 })).toBe(0.8);
  expect(stepFrom(0.95, 0.1, { most: 1, step: 0.01 })).toBe(1);
  expect(stepFrom(0, -1, { least: 0 })).toBe(0);
  expect(stepFrom(null, 1, { least: 3 })).toBe(3);
});
