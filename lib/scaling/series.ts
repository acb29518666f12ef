/** Values at even steps; null where nothing was measured. Value `i` covers the step that begins at `startMs + i * stepSeconds`. */
export interface Series {
  startMs: number;
  stepSeconds: number;
  values: readonly (number | null)[];
}

/** When a step begins, in milliseconds of Unix time. */
export function stepStartMs({ startMs, stepSeconds }: Series, step: number): number {
  return startMs + step * stepSeconds * 1000;
}

/** Means over `size` steps each; null where fewer than half of them were measured. An incomplete last group is left out. */
export function averageSteps(series: Series, size: number): Series {
  const groups = Math.floor(series.values.length / size);
  const values = Array.from({ length: groups }, (_, group) => {
    const known = series.values.slice(group * size, (group + 1) * size).filter((value) => value !== null);
    return known.length * 2 < size ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return { startMs: series.startMs, stepSeconds: series.stepSeconds * size, values };
}
