const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
const STEADY_AFTER_MS = 30_000;

/** How long to wait before what just ended is started again: longer each time, short again after a steady run. */
export function createBackoff(): (ranForMs: number) => number {
  let attempts = 0;
  return (ranForMs) => {
    attempts = ranForMs >= STEADY_AFTER_MS ? 0 : attempts + 1;
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  };
}
