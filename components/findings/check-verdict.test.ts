import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { LONGEST_REASON } from '@/lib/schemas/triage';
import { dayProblem, reasonProblem } from './check-verdict';

const words = messagesIn('en').triage.dialog;
const NOW = new Date('2027-05-31T23:59:00Z');

test('a reason is asked for, and has an end', () => {
  expect(reasonProblem(' \n', words)).toBe(words.reasonMissing);
  expect(reasonProblem('x'.repeat(LONGEST_REASON + 1), words)).toBe(words.reasonTooLong(LONGEST_REASON));
  expect(reasonProblem('agreed', words)).toBeNull();
});

test('a last day is a day that is not over', () => {
  expect(dayProblem('', NOW, words)).toBeNull();
  expect(dayProblem('2027-05-31', NOW, words)).toBeNull();
  expect(dayProblem('2027-05-30', NOW, words)).toBe(words.untilPast);
  expect(dayProblem('31 May', NOW, words)).toBe(words.untilWrong);
  expect(dayProblem('2027-13-01', NOW, words)).toBe(words.untilWrong);
});
