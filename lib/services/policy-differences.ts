import type { PolicyDifference } from '@/lib/schemas/comparisons';
import { differencesOf } from '@/lib/schemas/differences';

/** Settings that differ between two policies, by their names, with their values as JSON. */
export function policyDifferences(from: unknown, to: unknown): PolicyDifference[] {
  return differencesOf(from, to).map(({ path, before, after }) => ({
    setting: path,
    from: before === null ? null : JSON.stringify(before),
    to: after === null ? null : JSON.stringify(after),
  }));
}
