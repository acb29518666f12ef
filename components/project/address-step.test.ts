import { expect, test } from 'vitest';
import { addressStep } from './address-step';

test('a choice is a step to go back from', () => {
  expect(addressStep({ severity: ['high'] })).toBe('push');
});

test('what is typed replaces the step before', () => {
  expect(addressStep({ search: 'eval' })).toBe('replace');
  expect(addressStep({ path: 'src/' })).toBe('replace');
});

test('taking all filters away is a choice, though it empties the text', () => {
  expect(addressStep({ search: '', magic: null })).toBe('push');
});
