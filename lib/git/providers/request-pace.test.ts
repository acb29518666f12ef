import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRequestPace, type PaceLimits } from './request-pace';

const LIMITS: PaceLimits = {
  concurrent: 2,
  writeGapMs: 1_000,
  writesPerMinute: 3,
  writesPerHour: 5,
  longestWaitMs: 5_000,
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'], now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test('lets no more requests run at once than allowed', async () => {
  const pace = createRequestPace(LIMITS);
  const first = await pace.takeTurn('read');
  await pace.takeTurn('read');
  let isThird = false;
  const third = pace.takeTurn('read').then(() => {
    isThird = true;
  });

  await Promise.resolve();
  expect(isThird).toBe(false);
  first[Symbol.dispose]();
  await third;
  expect(isThird).toBe(true);
});

test('refuses writes beyond those of a minute with the time at which they may come', async () => {
  const pace = createRequestPace({ ...LIMITS, writeGapMs: 0 });
  for (let count = 0; count < 3; count++) (await pace.takeTurn('write'))[Symbol.dispose]();

  await expect(pace.takeTurn('write')).rejects.toMatchObject({
    code: 'provider_rate_limited',
    details: { retryAt: new Date(1_060_000).toISOString() },
  });
  (await pace.takeTurn('read'))[Symbol.dispose]();
  vi.setSystemTime(1_060_001);
  (await pace.takeTurn('write'))[Symbol.dispose]();
});

test('counts the writes of an hour', async () => {
  const pace = createRequestPace({ ...LIMITS, writeGapMs: 0 });
  for (let count = 0; count < 5; count++) {
    vi.setSystemTime(1_000_000 + count * 60_001);
    (await pace.takeTurn('write'))[Symbol.dispose]();
  }
  vi.setSystemTime(1_600_000);

  await expect(pace.takeTurn('write')).rejects.toMatchObject({
    details: { retryAt: new Date(1_000_000 + 3_600_000).toISOString() },
  });
});

test('gives the turn of whoever was refused to the next', async () => {
  const pace = createRequestPace({ ...LIMITS, concurrent: 1 });
  await pace.blockUntil(new Date(1_010_000));

  await expect(pace.takeTurn('read')).rejects.toMatchObject({ code: 'provider_rate_limited' });
  vi.setSystemTime(1_010_001);
  (await pace.takeTurn('read'))[Symbol.dispose]();
});
