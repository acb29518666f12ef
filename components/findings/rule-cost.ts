import { withShownPoints } from '@/components/magic/score-sum';
import type { MagicDetail } from '@/lib/schemas/magics';

export interface RuleCost {
  /** Of the 100 of the magic's score; as the sum on the magic's page says. */
  points: number;
  /** That cost them together, those beyond what is kept among them. */
  findings: number;
  /** What the rule holds the whole score down to, whatever the sum says. */
  cap: number | null;
}

/** What a rule takes from its magic's score; null where it was left out of the score. */
export function ruleCost(detail: Pick<MagicDetail, 'rules' | 'cap' | 'card'>, ruleId: string): RuleCost | null {
  const rule = withShownPoints(detail).find((one) => one.ruleId === ruleId);
  if (!rule || rule.contribution === null || rule.share === null || detail.card.score === null) return null;
  return {
    points: Math.max(0, Math.round((rule.share * 100 - rule.contribution) * 10) / 10),
    findings: rule.findings + rule.dropped,
    cap: detail.cap?.ruleId === ruleId ? detail.cap.limit : null,
  };
}
