import { isShare } from '@/components/rules/limit-scale';
import type { Format } from '@/lib/i18n/format';
import type { RuleView } from '@/lib/schemas/magics';

/** A value in the unit of the rule's limits: shares read better as percentages. */
export function valueText(value: number, { rule }: { rule: Pick<RuleView, 'limits'> }, format: Format): string {
  const { limits } = rule;
  if (limits && isShare(limits.per, limits)) return format.percent(value, value < 0.1 && value > 0 ? 1 : 0);
  return format.number(value, Math.abs(value) < 10 ? 2 : 0);
}
