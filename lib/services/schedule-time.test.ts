import { describe, expect, test } from 'vitest';
import { delayMsOf, lastTimeOf } from './schedule-time';

const last = (cron: string, now: string, timeZone = 'UTC') =>
  lastTimeOf({ cron, timeZone }, new Date(now))?.toISOString();

test.each([
  ['0 3 * * *', '2026-11-29T12:00:00Z', '2026-11-29T03:00:00.000Z'],
  ['0 3 * * *', '2026-11-29T03:00:00Z', '2026-11-29T03:00:00.000Z'],
  ['0 3 * * *', '2026-11-29T02:59:59.999Z', '2026-11-28T03:00:00.000Z'],
  ['0 3 * * 1-5', '2026-11-29T12:00:00Z', '2026-11-27T03:00:00.000Z'],
  ['0 3 * * 7', '2026-11-29T12:00:00Z', '2026-11-29T03:00:00.000Z'],
  ['15 */6 1 jan *', '2026-11-29T12:00:00Z', '2026-01-01T18:15:00.000Z'],
  ['0 3 29 2 *', '2026-11-29T12:00:00Z', '2024-02-29T03:00:00.000Z'],
])('%s was due last before %s at %s', (cron, now, time) => {
  expect(last(cron, now)).toBe(time);
});

describe('a time zone', () => {
  test('is that of the clock people see', () => {
    expect(last('0 3 * * *', '2026-07-01T00:59:00Z', 'Europe/Berlin')).toBe('2026-06-30T01:00:00.000Z');
    expect(last('0 3 * * *', '2026-07-01T01:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T01:00:00.000Z');
    expect(last('0 3 * * *', '2026-12-01T02:00:00Z', 'Europe/Berlin')).toBe('2026-12-01T02:00:00.000Z');
    expect(last('30 9 * * *', '2026-12-01T00:30:00Z', 'Asia/Tokyo')).toBe('2026-12-01T00:30:00.000Z');
  });

  test('gives a time that its clocks leave out all the same, as much later as they jump', () => {
    const at = (now: string) => last('30 2 * * *', now, 'Europe/Berlin');

    expect(at('2026-03-29T01:10:00Z')).toBe('2026-03-28T01:30:00.000Z');
    expect(at('2026-03-29T01:30:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-03-29T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-03-30T00:30:00Z')).toBe('2026-03-30T00:30:00.000Z');
  });

  test('gives a time that its clocks show twice once, the first time', () => {
    const at = (now: string) => last('30 2 * * *', now, 'Europe/Berlin');

    expect(at('2026-10-25T00:30:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T01:45:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  });
});

test('a project waits as long each time, less than half an hour, in whole minutes; projects differ', () => {
  const delays = Array.from({ length: 200 }, (_, index) => delayMsOf(`project ${index}`));

  expect(delays).toEqual(Array.from({ length: 200 }, (_, index) => delayMsOf(`project ${index}`)));
  expect(delays.every((delay) => delay >= 0 && delay < 30 * 60_000 && delay % 60_000 === 0)).toBe(true);
  expect(new Set(delays).size).toBe(30);
});
