import counted from './precision.json' with { type: 'json' };

export interface LabelCounts {
  true: number;
  debatable: number;
  false: number;
  /** Read as well, but no longer reported: what they said has mended the rule. */
  noLongerReported: number;
}

export interface Precision extends LabelCounts {
  /** Findings the rule reports now of which somebody looked whether they hold. */
  labelled: number;
  /** Share of them that hold, with the ends of its 95 % interval, 0–1; null for fewer than `MIN_LABELS`. */
  share: number | null;
  low: number | null;
  high: number | null;
}

/** With fewer a percentage would say more than is known. */
export const MIN_LABELS = 10;

const COUNTS: Readonly<Record<string, LabelCounts>> = counted;

/** How often the rule was right when people looked; null when nobody has. */
export function precisionOf(ruleId: string): Precision | null {
  const counts = Object.hasOwn(COUNTS, ruleId) ? COUNTS[ruleId] : undefined;
  return counts ? toPrecision(counts) : null;
}

export function toPrecision(counts: LabelCounts): Precision {
  const labelled = counts.true + counts.debatable + counts.false;
  if (labelled < MIN_LABELS) return { ...counts, labelled, share: null, low: null, high: null };
  return { ...counts, labelled, share: counts.true / labelled, ...wilson(counts.true, labelled) };
}

/** Wilson's interval: honest for small samples and shares near 1. */
export function wilson(hits: number, total: number): { low: number; high: number } {
  const z95 = 1.96;
  const share = hits / total;
  const middle = share + z95 ** 2 / (2 * total);
  const reach = z95 * Math.sqrt((share * (1 - share)) / total + z95 ** 2 / (4 * total ** 2));
  const whole = 1 + z95 ** 2 / total;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}
