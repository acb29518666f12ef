import { expect, test } from 'vitest';
import { cronProblem, isTimeZone } from './cron';

test.each(['0 3 * * *', '30 2 * * mon-fri', '15 */6 1,15 jan-mar *', '5 0 31 12 7', '0 3 30 2 1', '59 1-23/2 * * SUN'])(
  '%s is a schedule',
  (text) => {
    expect(cronProblem(text)).toBeNull();
  },
);

test.each([
  ['* * * * *', 'at most once an hour'],
  ['*/5 * * * *', 'at most once an hour'],
  ['0,30 3 * * *', 'at most once an hour'],
  ['0 3 * *', '4 fields'],
  ['60 3 * * *', 'minute'],
  ['0 24 * * *', 'hour'],
  ['0 3 0 * *', 'day of month'],
  ['0 3 * 13 *', 'month'],
  ['0 3 * * mond', 'day of week'],
  ['0 5-3 * * *', 'hour'],
  ['0 3/0 * * *', 'step'],
  ['0 3/1/1 * * *', 'step'],
  ['0 3 31 2,4 *', 'day that none of its months has'],
  ['', '1 fields'],
])('%j is none, and it is said why', (text, why) => {
  expect(cronProblem(text)).toContain(why);
});

test('time zones are known by name', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Tokyo'].every(isTimeZone)).toBe(true);
  expect(['', 'Mars/Base', '+05:00', 'Europe/Berlin; drop'].some(isTimeZone)).toBe(false);
});
