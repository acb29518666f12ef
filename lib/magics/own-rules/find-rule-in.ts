import type { Rule } from '../define';
import { findRule } from '../registry';
import type { OwnRule } from './own-rule';
import { toRule } from './to-rule';

/** The rule of an id, of those built in or of these of a team's own; null for one that is no longer there. */
export function findRuleIn(ownRules: readonly OwnRule[] | undefined, id: string): Rule | null {
  const own = ownRules?.find((rule) => rule.id === id);
  return own ? toRule(own) : findRule(id);
}
