import type { HotspotFileView } from '@/lib/schemas/maps';

/** What the colour of the map can mean. */
export const HEATS = ['risk', 'fixes', 'complexity', 'churn', 'revisions'] as const;
export type Heat = (typeof HEATS)[number];

/** 1 cool … 5 hot. */
export type HeatStep = 1 | 2 | 3 | 4 | 5;

/**
 * Fifths of the files by a value, equal values in the same fifth. Zero is always cool: a file without a fix is not hot
 * because others have none either. Null where the value is unknown.
 */
export function heatSteps(files: readonly HotspotFileView[], heat: Heat): Map<string, HeatStep | null> {
  const known = files.flatMap((file) => file[heat] ?? []).filter((value) => value > 0);
  const sorted = known.sort((a, b) => a - b);
  return new Map(files.map((file) => [file.path, stepOf(file[heat], sorted)]));
}

function stepOf(value: number | null, sorted: readonly number[]): HeatStep | null {
  if (value === null) return null;
  if (value <= 0) return 1;
  const atMost = sorted.findLastIndex((other) => other <= value) + 1;
  return Math.min(5, Math.max(1, Math.ceil((5 * atMost) / sorted.length))) as HeatStep;
}

/** Hottest first; those without a value last, equal ones larger first. */
export function byHeat(files: readonly HotspotFileView[], heat: Heat): HotspotFileView[] {
  return [...files].sort((a, b) => (b[heat] ?? -1) - (a[heat] ?? -1) || b.codeLines - a.codeLines);
}
