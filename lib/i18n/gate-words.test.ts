import { expect, test } from 'vitest';
import { gateWords } from './gate-words';
import { messagesIn } from './messages';

const t = messagesIn('en');

test('a passed gate says what it asked, with the values', () => {
  const gateReason = { id: 'all-met', data: { health: 90, limit: 75, high: 3 } };

  expect(gateWords({ gateReason }, t)).toBe('no new Critical, at most 3 new High, health at least 75, no magic failed');
});

test('the gate of an audit of chosen magics says that it is about them alone', () => {
  const gateReason = { id: 'health-under', data: { health: 50, limit: 60, leftOut: 7 } };

  expect(gateWords({ gateReason }, t)).toBe(
    'health is under 60; only on what this audit asked: 7 magics were left out',
  );
});

test('all reasons are told, magics by their names', () => {
  const also = [{ id: 'magic-failed', data: { count: 2, magics: 'tdd, strict' } }];
  const gateReason = { id: 'health-near', data: { health: 68, limit: 75, isFirst: 1 }, also };

  expect(gateWords({ gateReason }, t)).toBe(
    'health is under 75; failed: TDD Guardian, Strict Validation; first audit: nothing counts as new',
  );
});

test('without a verdict there is nothing to say', () => {
  expect(gateWords({ gateReason: null }, t)).toBe('');
});
