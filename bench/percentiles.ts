/** Of times in milliseconds: `p50 12  p95 40  p99 80  max 90`, and each of them. */
export function percentiles(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const max = sorted.at(-1) ?? 0;
  const text = `p50 ${ms(at(0.5))}  p95 ${ms(at(0.95))}  p99 ${ms(at(0.99))}  max ${ms(max)}`;
  return { at, max, text };
}

function ms(time: number): string {
  return time.toFixed(0);
}
