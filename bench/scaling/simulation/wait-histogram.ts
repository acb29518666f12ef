/** Upper ends grow by this factor: quantiles are right to 5 %. */
const GROWTH = 1.05;
const FIRST_SECONDS = 0.05;

/** Counts waits in buckets that grow, so that millions of them take no room. */
export interface WaitHistogram {
  add: (seconds: number) => void;
  /** Seconds that `share` (0–1) of the waits did not exceed; null without waits. */
  quantile: (share: number) => number | null;
}

export function createWaitHistogram(): WaitHistogram {
  const counts: number[] = [];
  let total = 0;
  return {
    add: (seconds) => {
      const bucket = seconds < FIRST_SECONDS ? 0 : 1 + Math.floor(Math.log(seconds / FIRST_SECONDS) / Math.log(GROWTH));
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      total += 1;
    },
    quantile: (share) => {
      if (total === 0) return null;
      let left = share * total;
      for (let bucket = 0; bucket < counts.length; bucket += 1) {
        left -= counts[bucket] ?? 0;
        if (left <= 0) return bucket === 0 ? 0 : FIRST_SECONDS * GROWTH ** bucket;
      }
      return FIRST_SECONDS * GROWTH ** counts.length;
    },
  };
}
