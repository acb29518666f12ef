import { expect, test } from 'vitest';
import { findSuperfluous, readBackupKeep } from './keep';

const DAY_MS = 24 * 3_600_000;

test.each([
  ['7d,4w,12m', { daily: 7, weekly: 4, monthly: 12 }],
  ['3d', { daily: 3, weekly: 0, monthly: 0 }],
  [' 1m , 2w ', { daily: 0, weekly: 2, monthly: 1 }],
])('%j is read', (text, keep) => {
  expect(readBackupKeep(text)).toEqual(keep);
});

test.each(['', '7', '7y', '0d', '7d,7d', '-1d', '1001d', '7d;4w', 'd7', '7d,'])('%j is refused', (text) => {
  expect(readBackupKeep(text)).toBeNull();
});

test('of a year of nightly backups those of the last days, weeks and months stay', () => {
  const end = Date.UTC(2026, 11, 31, 2);
  const backups = Array.from({ length: 365 }, (_, day) => ({ madeAt: new Date(end - day * DAY_MS) }));

  const gone = new Set(findSuperfluous(backups, { daily: 3, weekly: 2, monthly: 3 }));

  const days = backups.filter((backup) => !gone.has(backup)).map(({ madeAt }) => madeAt.toISOString().slice(0, 10));
  expect(days).toEqual(['2026-12-31', '2026-12-30', '2026-12-29', '2026-12-27', '2026-11-30', '2026-10-31']);
});

test('of one day the newest stays, and the newest of all always', () => {
  const backups = [3, 9, 6].map((hour) => ({ madeAt: new Date(Date.UTC(2026, 0, 1, hour)) }));

  expect(findSuperfluous(backups, { daily: 1, weekly: 0, monthly: 0 })).toEqual([backups[2], backups[0]]);
  expect(findSuperfluous(backups, { daily: 0, weekly: 0, monthly: 0 })).toEqual([backups[2], backups[0]]);
});

test('backups that come seldom are kept by how many periods have one', () => {
  const backups = [0, 40, 80].map((day) => ({ madeAt: new Date(Date.UTC(2026, 5, 1) - day * DAY_MS) }));

  expect(findSuperfluous(backups, { daily: 2, weekly: 0, monthly: 0 })).toEqual([backups[2]]);
});
