import type { Messages } from '@/lib/i18n/messages';
import type { Condition } from './conditions';

export function conditionName(condition: Condition, t: Messages): string {
  const words = t.gate.conditions;
  switch (condition.id) {
    case 'new-findings':
      return words.newFindings(t.common.severity[condition.severity]);
    case 'findings':
      return words.findings(t.common.severity[condition.severity]);
    case 'magic':
      return words.magic(t.common.magics[condition.magic]);
    case 'health':
      return words.health;
    case 'new-coverage':
      return words.coverage;
  }
}
