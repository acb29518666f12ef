import type { Messages } from '@/lib/i18n/messages';
import type { RuleResultView } from '@/lib/schemas/magics';

/** What a value counts; null for a share, and for what a rule measures in a way of its own. */
export function unitText(value: number, { rule }: Pick<RuleResultView, 'rule'>, t: Messages): string | null {
  if (rule.limits?.per === 'kloc') return t.magic.perKloc;
  return rule.limits?.per === 'sites' ? t.magic.findingUnit(value) : null;
}
