import { AppError } from '@/lib/errors';
import { type Series, stepStartMs } from '../series';
import { japaneseHolidays } from './japanese-holidays';

const DAY_SECONDS = 86_400;
const DAYS_OF_WEEK = 7;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
const SATURDAY = 6;

/** Where and by whose holidays people work. */
export interface WorkCalendar {
  /** IANA name, as `Asia/Tokyo`. */
  timeZone: string;
  holidays: 'japan' | 'none';
}

/** What the calendar says of a step. */
export interface StepOfCalendar {
  /** From local midnight, in steps. */
  slotOfDay: number;
  /** 0 is Sunday. */
  weekday: number;
  isDayOff: boolean;
}

export type CalendarOf = (step: number) => StepOfCalendar;

/**
 * Tells each step of a series, and of the time before and after it, its place in the day and week of the calendar's time
 * zone. Throws `invalid_request` for a time zone that is none, and where steps do not divide a day.
 */
export function calendarOf(series: Pick<Series, 'startMs' | 'stepSeconds'>, calendar: WorkCalendar): CalendarOf {
  const { stepSeconds } = series;
  if (!Number.isInteger(DAY_SECONDS / stepSeconds))
    throw new AppError('invalid_request', `steps of ${stepSeconds} s do not divide a day`);
  const offsetMs = offsetsOf(calendar.timeZone);
  const known = new Map<number, StepOfCalendar>();
  return (step) => {
    const cached = known.get(step);
    if (cached) return cached;
    const startMs = stepStartMs({ ...series, values: [] }, step);
    const localSeconds = Math.floor((startMs + offsetMs(startMs)) / 1000);
    const day = Math.floor(localSeconds / DAY_SECONDS);
    const slotOfDay = Math.floor((localSeconds - day * DAY_SECONDS) / stepSeconds);
    const weekday = (((day + FIRST_WEEKDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    const isHoliday = calendar.holidays === 'japan' && isJapaneseHoliday(day);
    const found = { slotOfDay, weekday, isDayOff: weekday === 0 || weekday === SATURDAY || isHoliday };
    known.set(step, found);
    return found;
  };
}

function isJapaneseHoliday(day: number): boolean {
  const date = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  return japaneseHolidays(Number(date.slice(0, 4))).has(date);
}

/** Offsets of a zone from UTC, looked up once for each quarter of an hour: zones change at none finer. */
function offsetsOf(timeZone: string): (atMs: number) => number {
  const format = formatOf(timeZone);
  const known = new Map<number, number>();
  return (atMs) => {
    const quarter = Math.floor(atMs / 900_000);
    const cached = known.get(quarter);
    if (cached !== undefined) return cached;
    const parts = Object.fromEntries(format.formatToParts(quarter * 900_000).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute } = parts;
    const localMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    const offset = localMs - quarter * 900_000;
    known.set(quarter, offset);
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric' as const;
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric };
  try {
    return new Intl.DateTimeFormat('en-US', { ...parts, timeZone, hourCycle: 'h23', calendar: 'gregory' });
  } catch (cause) {
    throw new AppError('invalid_request', `“${timeZone}” is not the name of a time zone, as Asia/Tokyo`, { cause });
  }
}
