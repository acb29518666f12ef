import { expect, test } from 'vitest';
import type { Sentence } from '@/lib/schemas/common';
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

test('names severities and magics, and what new code was measured by', () => {
  const also: Sentence[] = [
    { id: 'magic-under', data: { magics: 'tdd', score: 40, limit: 50 } },
    { id: 'new-coverage-unknown', data: {} },
  ];
  const gateReason = {
    id: 'new-findings',
    data: { count: 4, limit: 2, severity: 'medium', baseline: 7, smallLines: 12 },
    also,
  };

  expect(gateWords({ gateReason }, t)).toBe(
    '4 new Medium, the limit is 2; TDD Guardian is under 50; no report says how many of the new lines tests run; ' +
      'small change of 12 lines: of new code only Critical counted; new is what #7 did not have',
  );
});

test('says that where new code begins was not audited', () => {
  const gateReason = { id: 'conditions-met', data: { health: 90, count: 1, noBaseline: 'tag' } };

  expect(gateWords({ gateReason }, t)).toBe(
    '1 condition is met; no audit of the tag: new is what the previous audit did not have',
  );
});
