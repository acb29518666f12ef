import { z } from 'zod';
import { compareText } from './hash';
import counted from './precision.json' with { type: 'json' };

/** What people judged of one finding, as the files of `bench/labels` hold it. */
export const Label = z.object({
  ruleId: z.string(),
  verdict: z.enum(['true', 'false', 'debatable']),
  /** Whether the rule as it is now still reports it. */
  isReported: z.boolean(),
});
export type Label = z.infer<typeof Label>;

interface LabelCounts {
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

/** Counts of each rule, by its id. */
export function countLabels(labels: readonly Label[]): Record<string, LabelCounts> {
  const counts: Record<string, LabelCounts> = {};
  for (const { ruleId, verdict, isReported } of labels) {
    const own = counts[ruleId] ?? { true: 0, debatable: 0, false: 0, noLongerReported: 0 };
    own[isReported ? verdict : 'noLongerReported'] += 1;
    counts[ruleId] = own;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => compareText(a, b)));
}

/** Wilson's interval: honest for small samples and shares near 1. */
function wilson(hits: number, total: number): { low: number; high: number } {
  const z95 = 1.96;
  const share = hits / total;
  const middle = share + z95 ** 2 / (2 * total);
  const reach = z95 * Math.sqrt((share * (1 - share)) / total + z95 ** 2 / (4 * total ** 2));
  const whole = 1 + z95 ** 2 / total;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}
