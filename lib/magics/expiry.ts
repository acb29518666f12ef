const DAY_SECONDS = 86_400;

/** Whether a day, `2026-12-31` in UTC, is over at a time in seconds. */
export function isDayOver(day: string, now: number): boolean {
  return now >= startOf(day) + DAY_SECONDS;
}

/** Whether a day begins more than so many days after a time in seconds. */
export function isDayBeyond(day: string, now: number, days: number): boolean {
  return startOf(day) > now + days * DAY_SECONDS;
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
