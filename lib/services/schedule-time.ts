import { CronExpressionParser } from 'cron-parser';
import { sha256 } from '@/lib/magics/hash';
import type { Schedule } from '@/lib/schemas/configuration';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Below the least time between two times of a schedule. */
const SPREAD_MINUTES = 30;
/** How much of the SHA-256 the minutes are made from, in hexadecimal digits. */
const DIGITS = 8;

/**
 * The newest time of the schedule that is not after `now`; null when there is none. What clocks show twice counts once, the
 * first time; what they leave out comes as much later as they jump.
 */
export function lastTimeOf({ cron, timeZone }: Pick<Schedule, 'cron' | 'timeZone'>, now: Date): Date | null {
  // On a clock that never jumps; one millisecond on, because a time that has just come counts.
  const currentDate = new Date(now.getTime() + offsetMs(timeZone, now.getTime()) + 1);
  const times = CronExpressionParser.parse(cron, { tz: 'UTC', currentDate });
  // The one before it is asked only when the last was put off by a jump of the clock.
  for (let tries = 0; tries < 2; tries++) {
    const time = instantOf(times.prev().getTime(), timeZone);
    if (time <= now.getTime()) return new Date(time);
  }
  return null;
}

/** The first time after `now` at which clocks of the zone show so. @param at as 09:00 */
export function nextTimeOf({ at, timeZone }: { at: string; timeZone: string }, now: Date): Date {
  const cron = cronAt(at);
  const within = (hours: number) => lastTimeOf({ cron, timeZone }, new Date(now.getTime() + hours * 60 * MINUTE_MS));
  // A day on which clocks are put back has an hour more.
  const time = [24, 26].map(within).find((found) => found !== null && found > now);
  return time ?? new Date(now.getTime() + DAY_MS);
}

/** @param weekday 1: Monday; every day without it */
export function cronAt(at: string, weekday?: number): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return `${minute} ${hour} * * ${weekday === undefined ? '*' : weekday % 7}`;
}

/** What clocks of the zone show: minutes since midnight. */
export function minuteOfDay(timeZone: string, instant: Date): number {
  const shown = instant.getTime() + offsetMs(timeZone, instant.getTime());
  return Math.floor((shown % DAY_MS) / MINUTE_MS);
}

/** How long after its time a project's audit is asked for, always the same: those of one team do not come at once. */
export function delayMsOf(projectId: string): number {
  return (Number.parseInt(sha256('elder-schedule', projectId).slice(0, DIGITS), 16) % SPREAD_MINUTES) * MINUTE_MS;
}

/** When clocks of the zone show this, given as if it were UTC. */
function instantOf(shown: number, timeZone: string): number {
  const before = shown - offsetMs(timeZone, shown - DAY_MS);
  const after = shown - offsetMs(timeZone, shown + DAY_MS);
  const real = [before, after].filter((instant) => instant + offsetMs(timeZone, instant) === shown);
  return real.length > 0 ? Math.min(...real) : before;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far clocks of the zone are ahead of UTC then. */
function offsetMs(timeZone: string, instant: number): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const digits = '2-digit';
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
    });
    clocks.set(timeZone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
