/** Slope of a line through points that a few odd ones do not move: the median of the slopes of all pairs. */
export function theilSen(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes: number[] = [];
  points.forEach(([x1, y1], index) => {
    for (const [x2, y2] of points.slice(index + 1)) if (x2 !== x1) slopes.push((y2 - y1) / (x2 - x1));
  });
  return median(slopes);
}

/** 0 for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Share of a full spread, 0–1: 0 when all falls on one, 1 when it is even over `size`. */
export function normalisedEntropy(counts: readonly number[], size: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || size < 2) return 0;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits / Math.log2(size);
}
