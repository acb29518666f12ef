import { expect, test } from 'vitest';
import { japaneseHolidays } from './japanese-holidays';

test.each([
  // As the Cabinet Office published them, with substitutes, bridges and the years that acts moved.
  [2015, 17, ['2015-05-06', '2015-09-22', '2015-09-23']],
  [2019, 22, ['2019-04-30', '2019-05-01', '2019-05-02', '2019-05-06', '2019-08-12', '2019-10-22', '2019-11-04']],
  [2020, 18, ['2020-02-24', '2020-05-06', '2020-07-23', '2020-07-24', '2020-08-10']],
  [2021, 17, ['2021-07-22', '2021-07-23', '2021-08-09']],
  [2026, 18, ['2026-05-06', '2026-09-21', '2026-09-22', '2026-09-23']],
])('%i has %i holidays, among them %j', (year, count, some) => {
  const holidays = japaneseHolidays(year);

  expect(holidays.size).toBe(count);
  expect([...holidays]).toEqual(expect.arrayContaining(some));
});

test.each([
  ['2020-10-12', 2020],
  ['2021-07-19', 2021],
  ['2019-12-23', 2019],
  ['2026-05-07', 2026],
])('%s is none', (day, year) => {
  expect(japaneseHolidays(year).has(day)).toBe(false);
});

test.each([2006, 2100, 2026.5])('says that it does not know the holidays of %d', (year) => {
  expect(() => japaneseHolidays(year)).toThrow('2007 to 2099');
});
