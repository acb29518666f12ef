import { expect, test } from 'vitest';
import { runBounded, TimeLimitError } from './bounded';

test('returns what the task returns', () => {
  expect(runBounded(() => ({ score: 80 }), 1_000)).toEqual({ score: 80 });
});

test('passes on what the task throws', () => {
  const task = () => {
    throw new Error('broken rule');
  };

  expect(() => runBounded(task, 1_000)).toThrow('broken rule');
});

test('stops an expression that would run for ever', () => {
  const task = () => /^(a+)+$/.test(`${'a'.repeat(60)}!`);

  expect(() => runBounded(task, 50)).toThrow(TimeLimitError);
});
