/**
 * An even pace with short bursts. Each call is one thing done: 0 when it is in time, else the milliseconds until it
 * would be; then it does not count.
 */
export function createPace(perMinute: number, burst: number): () => number {
  const stepMs = 60_000 / perMinute;
  // When all that was done would be due at the even pace.
  let dueMs = 0;
  return () => {
    const nowMs = performance.now();
    const nextMs = Math.max(dueMs, nowMs) + stepMs;
    const aheadMs = nextMs - nowMs - burst * stepMs;
    // A rounding error is not haste.
    if (aheadMs > 1e-6) return aheadMs;
    dueMs = nextMs;
    return 0;
  };
}
