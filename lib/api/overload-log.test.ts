import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { createLogger } from '@/lib/logger';
import { createOverloadLog } from './overload-log';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a flood of refusals is one warning without a stack, and later how many more they were', () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', format: 'json', write: (line) => lines.push(line) });
  const warn = createOverloadLog();
  const refuse = (message = 'too many') =>
    warn(log, new AppError('overloaded', message), { method: 'POST', path: '/x' });

  for (let count = 0; count < 700; count += 1) refuse();
  refuse('git could not be started: EMFILE');
  vi.advanceTimersByTime(10_000);
  refuse();

  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', reason: 'too many', requests: 1, method: 'POST', path: '/x' },
    { level: 'warn', reason: 'git could not be started: EMFILE', requests: 1 },
    { level: 'warn', reason: 'too many', requests: 699 },
    { level: 'warn', reason: 'too many', requests: 1 },
  ]);
  expect(lines.join()).not.toContain('stack');
});
