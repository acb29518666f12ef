import type { MarkStatus } from '@/components/marks/status-drawings';
import type { RuleResultView } from '@/lib/schemas/magics';
import { standingOf } from './standing';

/** The mark of a rule's line; what was not evaluated keeps the shape of its own reason. */
export function ruleMark(result: RuleResultView): MarkStatus {
  const standing = standingOf(result);
  if (standing !== 'not-evaluated') return standing;
  if (result.outcome === 'error') return 'error';
  return result.outcome === 'inconclusive' ? 'inconclusive' : 'not_applicable';
}
