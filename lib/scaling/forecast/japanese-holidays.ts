import { AppError } from '@/lib/errors';

/** Years whose holidays the law as it stands and its past one-off acts tell; the formula of equinoxes ends with 2099. */
const FIRST_YEAR = 2007;
const LAST_YEAR = 2099;
const DAY_MS = 86_400_000;
const SUNDAY = 0;

/** Days that single acts moved: the accession of 2019 and the Olympic games of 2020 and 2021. */
const ONCE: Readonly<Record<number, { added: string[]; removed: string[] }>> = {
  2019: { added: ['05-01', '10-22'], removed: [] },
  2020: { added: ['07-23', '07-24', '08-10'], removed: ['07-20', '10-12', '08-11'] },
  2021: { added: ['07-22', '07-23', '08-08'], removed: ['07-19', '10-11', '08-11'] },
};

const known = new Map<number, ReadonlySet<string>>();

/**
 * Public holidays of Japan in a year, as `YYYY-MM-DD`, by the Act on National Holidays (1948, as amended): fixed days,
 * Mondays, equinoxes, substitute holidays (Art. 3-2) and days between two holidays (Art. 3-3). The equinoxes of years to
 * come are those astronomers compute; the government gazettes them the February before. Throws `invalid_request` outside 2007–2099.
 */
export function japaneseHolidays(year: number): ReadonlySet<string> {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR)
    throw new AppError('invalid_request', `holidays of ${year} are not known: ask for ${FIRST_YEAR} to ${LAST_YEAR}`);
  const cached = known.get(year);
  if (cached) return cached;
  const holidays = new Set(namedHolidays(year).map((day) => `${year}-${day}`));
  const named = new Set(holidays);
  for (const day of named) {
    if (weekday(day) === SUNDAY) holidays.add(firstDayOff(day, named));
    const between = shift(day, 1);
    if (!named.has(between) && named.has(shift(day, 2)) && weekday(between) !== SUNDAY) holidays.add(between);
  }
  known.set(year, holidays);
  return holidays;
}

/** Days that have a name, as `MM-DD`. */
function namedHolidays(year: number): string[] {
  const fixed = ['01-01', '02-11', '04-29', '05-03', '05-04', '05-05', '11-03', '11-23'];
  const emperor = year >= 2020 ? ['02-23'] : year <= 2018 ? ['12-23'] : [];
  const mountain = year >= 2016 ? ['08-11'] : [];
  const mondays = [monday(year, 1, 2), monday(year, 7, 3), monday(year, 9, 3), monday(year, 10, 2)];
  const { added = [], removed = [] } = ONCE[year] ?? {};
  const days = [...fixed, ...emperor, ...mountain, ...mondays, ...equinoxes(year)];
  return [...days.filter((day) => !removed.includes(day)), ...added];
}

/** Approximation of the National Astronomical Observatory's calendar, right for 1980–2099. */
function equinoxes(year: number): string[] {
  const passed = year - 1980;
  const drift = 0.242194 * passed - Math.floor(passed / 4);
  return [`03-${pad(Math.floor(20.8431 + drift))}`, `09-${pad(Math.floor(23.2488 + drift))}`];
}

function monday(year: number, month: number, nth: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return `${pad(month)}-${pad(1 + ((8 - first) % 7) + 7 * (nth - 1))}`;
}

/** The day that stands in for a holiday on a Sunday: the next that is none. */
function firstDayOff(day: string, named: ReadonlySet<string>): string {
  let next = shift(day, 1);
  while (named.has(next)) next = shift(next, 1);
  return next;
}

function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
