import { expect, test } from 'vitest';
import { delayAfter, outcomeOf, readRetryAfter } from './outcome';
import { isQuiet } from './quiet-hours';

const now = new Date('2026-03-02T10:00:00Z');

test.each([
  [200, { isDelivered: true, isRetryable: false, isGone: false, problem: null }],
  [204, { isDelivered: true }],
  [400, { isDelivered: false, isRetryable: false, isGone: false, problem: 'channel_rejected' }],
  [403, { isGone: true, isRetryable: false, problem: 'channel_gone' }],
  [404, { isGone: true }],
  [410, { isGone: true }],
  [429, { isRetryable: true, isGone: false, problem: 'channel_unavailable' }],
  [503, { isRetryable: true }],
])('an answer %i means %o', (status, expected) => {
  expect(outcomeOf(status, { body: '', retryAfter: null, now })).toMatchObject(expected);
});

test('an answer is kept without what terminals obey, and not whole', () => {
  const { response } = outcomeOf(500, { body: `a\u001b[31m\n${'b'.repeat(900)}`, retryAfter: null, now });

  expect(response).toHaveLength(300);
  expect(response).toMatch(/^a \[31m b+$/);
});

test.each([
  ['120', 120_000],
  ['Mon, 02 Mar 2026 10:05:00 GMT', 300_000],
  ['999999999', 24 * 3600_000],
  ['Mon, 02 Mar 2026 09:05:00 GMT', null],
  ['soon', null],
  [null, null],
])('Retry-After %s', (value, expected) => {
  expect(readRetryAfter(value, now)).toBe(expected);
});

test('tries are further apart each time, never sooner than asked, and end after a day', () => {
  const delays = Array.from({ length: 8 }, (_, index) => delayAfter(index + 1, null, 0.5) ?? 0);

  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  expect(delays.reduce((sum, delay) => sum + delay, 0) / 3600_000).toBeCloseTo(23.6, 1);
  expect(delayAfter(9, null)).toBeNull();
  expect(delayAfter(1, 3600_000)).toBe(3600_000);
  expect([delayAfter(1, null, 0), delayAfter(1, null, 1)]).toEqual([8000, 12_000]);
});

test.each([
  [{ from: '22:00', to: '07:00' }, '23:30', true],
  [{ from: '22:00', to: '07:00' }, '06:59', true],
  [{ from: '22:00', to: '07:00' }, '07:00', false],
  [{ from: '12:00', to: '13:00' }, '12:00', true],
  [{ from: '12:00', to: '13:00' }, '13:00', false],
  [null, '03:00', false],
])('quiet hours %o at %s: %s', (hours, time, expected) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);

  expect(isQuiet(hours, hour * 60 + minute)).toBe(expected);
});
