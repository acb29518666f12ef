const DAY_SECONDS = 86_400;

/** Whether a day, `2026-12-31` in UTC, is over at a time in seconds. */
export function isDayOver(day: string, now: number): boolean {
  return now >= Date.parse(`${day}T00:00:00Z`) / 1000 + DAY_SECONDS;
}
