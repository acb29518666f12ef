/** Whether a minute of the day lies in quiet hours, which may go past midnight. */
export function isQuiet(quietHours: { from: string; to: string } | null, minute: number): boolean {
  if (!quietHours) return false;
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
