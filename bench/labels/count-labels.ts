import * as z from 'zod';
import { compareText } from '@/lib/magics/hash';
import type { LabelCounts } from '@/lib/magics/precision';

/** What people judged of one finding, as the files beside this one hold it. */
export const Label = z.object({
  ruleId: z.string(),
  verdict: z.enum(['true', 'false', 'debatable']),
  /** Whether the rule as it is now still reports it. */
  isReported: z.boolean(),
});
export type Label = z.infer<typeof Label>;

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
