export const TREND_RANGES = ['30d', '90d', '1y'] as const;
export type TrendRange = (typeof TREND_RANGES)[number];

const DAY_MS = 24 * 3600_000;
const DAYS: Record<TrendRange, number> = { '30d': 30, '90d': 90, '1y': 365 };
const BANDS = [0, 40, 60, 75, 90, 100] as const;
const AIR = 4;
/** Under two days a date would repeat itself along the axis. */
const SHORT_MS = 2 * DAY_MS;
const LEAST_SPAN_MS = 3600_000;

/** Where a band begins. */
export const BAND_EDGES: readonly number[] = BANDS.slice(0, -1);

export function parseRange(value: string | null): TrendRange {
  return TREND_RANGES.find((range) => range === value) ?? '90d';
}

/** Points and releases within the period that ends now. */
export function withinRange<Item extends { at: string }>(
  items: readonly Item[],
  range: TrendRange,
  now: number,
): Item[] {
  const since = now - DAYS[range] * DAY_MS;
  return items.filter(({ at }) => Date.parse(at) >= since);
}

/** The scale ends at a band's edge, so that a small change looks small and at least two bands can be seen. */
export function scaleOf(scores: readonly (number | null)[]): { from: number; to: number } {
  const known = scores.filter((score) => score !== null);
  if (known.length === 0) return { from: 0, to: 100 };
  const least = Math.min(...known) - AIR;
  const most = Math.max(...known) + AIR;
  const from = BANDS.findLast((edge) => edge <= least) ?? 0;
  const to = BANDS.find((edge) => edge >= most && edge > from) ?? 100;
  const isOneBand = BANDS.indexOf(to) - BANDS.indexOf(from) < 2;
  if (!isOneBand) return { from, to };
  return to < 100
    ? { from, to: BANDS[BANDS.indexOf(to) + 1] ?? 100 }
    : { from: BANDS[BANDS.indexOf(from) - 1] ?? 0, to };
}

/** From the first audit to the last; around a single one, or several of the same minute, an hour. */
export function spanOf(points: readonly { at: string }[]): { from: Date; to: Date; isShort: boolean } {
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const missing = Math.max(0, LEAST_SPAN_MS - (last - first));
  return {
    from: new Date(first - missing / 2),
    to: new Date(last + missing / 2),
    isShort: last - first < SHORT_MS,
  };
}
