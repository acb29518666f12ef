const PAD_X = 2;
const PAD_RIGHT = 5;
const LEAST_SPAN = 16;

export interface Sparkline {
  /** One path a run: gaps stay gaps. */
  paths: string[];
  /** Runs of a single point, which a path cannot show. */
  dots: { x: number; y: number }[];
  last: { x: number; y: number } | null;
}

/** At least 16 points of scale, so that noise looks like noise. */
export function sparkline(values: readonly (number | null)[], width: number, height: number): Sparkline {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { paths: [], dots: [], last: null };

  const middle = (Math.min(...known) + Math.max(...known)) / 2;
  const span = Math.max(LEAST_SPAN, Math.max(...known) - Math.min(...known));
  const inner = height - 6;
  const step = (width - PAD_X - PAD_RIGHT) / Math.max(1, values.length - 1);
  const offset = values.length === 1 ? width - PAD_RIGHT - PAD_X : 0;
  const at = (value: number, index: number) => ({
    x: round(PAD_X + offset + index * step),
    y: round(3 + inner / 2 - ((value - middle) / span) * inner),
  });

  const runs: { x: number; y: number }[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(at(value, index));
  });
  const lastIndex = values.findLastIndex((value) => value !== null);
  const lastValue = values[lastIndex];
  return {
    paths: runs.filter((run) => run.length > 1).map((run) => `M${run.map(({ x, y }) => `${x} ${y}`).join('L')}`),
    dots: runs.flatMap((run) => (run.length === 1 ? run : [])),
    last: lastValue === null || lastValue === undefined ? null : at(lastValue, lastIndex),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
