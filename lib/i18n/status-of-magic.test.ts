import { expect, test } from 'vitest';
import { messagesIn } from './messages';
import { statusOfMagic } from './status-of-magic';

test('a score of less than half of a magic says how much was judged, in both languages', () => {
  const little = { status: 'inconclusive', score: 95, coverage: 0.336 } as const;

  expect(statusOfMagic(little, messagesIn('en'))).toBe('Inconclusive (33 % judged)');
  expect(statusOfMagic(little, messagesIn('ja'))).toBe('判定保留（33%のみ判定）');
});

test.each([
  ['half of it is enough', { status: 'passed', score: 95, coverage: 0.5 }, 'Passed'],
  ['without a score there is nothing to tell', { status: 'inconclusive', score: null, coverage: 0.1 }, 'Inconclusive'],
  ['an old result may not know', { status: 'failed', score: 40, coverage: null }, 'Failed'],
] as const)('%s', (_, standing, word) => {
  expect(statusOfMagic(standing, messagesIn('en'))).toBe(word);
});
