import { expect, test } from 'vitest';
import { calendarOf } from './calendar';

const QUARTER = { stepSeconds: 900 };

test('a step lies in the day and week of the time zone', () => {
  const startMs = Date.UTC(2026, 4, 3, 15);

  const at = calendarOf({ ...QUARTER, startMs }, { timeZone: 'Asia/Tokyo', holidays: 'japan' });

  // Greenery Day, a Monday; 6 May stands in for Constitution Day, which was a Sunday.
  expect(at(0)).toEqual({ slotOfDay: 0, weekday: 1, isDayOff: true });
  expect(at(-1)).toEqual({ slotOfDay: 95, weekday: 0, isDayOff: true });
  expect(at(2 * 96)).toEqual({ slotOfDay: 0, weekday: 3, isDayOff: true });
  expect(at(3 * 96)).toEqual({ slotOfDay: 0, weekday: 4, isDayOff: false });
});

test('slots follow the clock on the wall when summer time begins', () => {
  const startMs = Date.UTC(2026, 2, 29, 0);

  const at = calendarOf({ ...QUARTER, startMs }, { timeZone: 'Europe/Berlin', holidays: 'none' });

  expect([at(3).slotOfDay, at(4).slotOfDay]).toEqual([7, 12]);
});

test('what is no time zone and steps that divide no day are refused', () => {
  expect(() => calendarOf({ ...QUARTER, startMs: 0 }, { timeZone: 'Nowhere/Land', holidays: 'none' })).toThrow(
    'Nowhere/Land',
  );
  expect(() => calendarOf({ stepSeconds: 7, startMs: 0 }, { timeZone: 'UTC', holidays: 'none' })).toThrow(
    'divide a day',
  );
});
