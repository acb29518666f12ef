import { MAGIC_IDS, type MagicId, SEVERITIES, type Severity } from '@/lib/magics/types';
import type { MagicView, RuleView } from '@/lib/schemas/magics';

export interface RulesFilter {
  search: string;
  magic: MagicId | null;
  severity: Severity | null;
}

export function parseRulesFilter(parameters: { get: (name: string) => string | null }): RulesFilter {
  return {
    search: (parameters.get('search') ?? '').slice(0, 200),
    magic: MAGIC_IDS.find((id) => id === parameters.get('magic')) ?? null,
    severity: SEVERITIES.find((severity) => severity === parameters.get('severity')) ?? null,
  };
}

export function rulesAddress({ search, magic, severity }: RulesFilter): string {
  const parameters = new URLSearchParams();
  if (search) parameters.set('search', search);
  if (magic) parameters.set('magic', magic);
  if (severity) parameters.set('severity', severity);
  const query = parameters.toString();
  return query ? `/rules?${query}` : '/rules';
}

/** The catalogue under a filter. Without one, magics without rules stay, to say that they have none. */
export function filterRules(magics: readonly MagicView[], filter: RulesFilter): MagicView[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const isKept = (rule: RuleView) => {
    if (filter.severity && rule.severity !== filter.severity) return false;
    const text = `${rule.ruleId} ${rule.catalogue} ${rule.title.en} ${rule.title.ja}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const isNarrow = words.length > 0 || filter.severity !== null;
  return magics
    .filter(({ magic }) => !filter.magic || magic === filter.magic)
    .map((magic) => ({ ...magic, rules: magic.rules.filter(isKept) }))
    .filter(({ rules }) => !isNarrow || rules.length > 0);
}
