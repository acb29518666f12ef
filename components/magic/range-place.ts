/** Full points end at a quarter of the drawn width and no points begin at three quarters, or the other way round. */
const NEAR = 25;
const FAR = 75;
const EDGE = 3;

/** Where a value lies on the drawn range, 0–100; beyond the limits it stops short of the edge. */
export function rangePlace(value: number, { good, bad }: { good: number; bad: number }): number {
  const isHigherBetter = good > bad;
  const [goodAt, badAt] = isHigherBetter ? [FAR, NEAR] : [NEAR, FAR];
  const place = good === bad ? goodAt : goodAt + ((value - good) / (bad - good)) * (badAt - goodAt);
  return Math.min(100 - EDGE, Math.max(EDGE, place));
}
