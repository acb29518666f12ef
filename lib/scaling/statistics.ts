/** Makes a MAD an estimate of the standard deviation of normal values. */
const NORMAL_MAD = 1.4826;

/** The value that `share` (0–1) of the values do not exceed, interpolated between neighbours; null without values. */
export function quantile(values: readonly number[], share: number): number | null {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** As `quantile`, of values in ascending order. */
export function quantileOfSorted(sorted: readonly number[], share: number): number | null {
  const place = Math.min(1, Math.max(0, share)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

/** Standard deviation by the median absolute deviation: outliers do not move it. Null without values. */
export function robustDeviation(values: readonly number[]): number | null {
  const middle = median(values);
  if (middle === null) return null;
  const deviation = median(values.map((value) => Math.abs(value - middle)));
  return deviation === null ? null : deviation * NORMAL_MAD;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
