import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  MAGIC_IDS,
  type MagicId,
  SEVERITIES,
  type Severity,
} from '@/lib/magics/types';
import type { MagicView, RuleView } from '@/lib/schemas/magics';
import { LANGUAGE_NAMES, type LanguageName } from './language-names';

export interface RulesFilter {
  search: string;
  magic: MagicId | null;
  severity: Severity | null;
  evidence: EvidenceKind | null;
  language: LanguageName | null;
}

export const NO_FILTER: RulesFilter = { search: '', magic: null, severity: null, evidence: null, language: null };

export function parseRulesFilter(parameters: { get: (name: string) => string | null }): RulesFilter {
  return {
    search: (parameters.get('search') ?? '').slice(0, 200),
    magic: MAGIC_IDS.find((id) => id === parameters.get('magic')) ?? null,
    severity: SEVERITIES.find((severity) => severity === parameters.get('severity')) ?? null,
    evidence: EVIDENCE_KINDS.find((kind) => kind === parameters.get('evidence')) ?? null,
    language: LANGUAGE_NAMES.find(({ id }) => id === parameters.get('language'))?.id ?? null,
  };
}

export function rulesAddress(filter: RulesFilter): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) parameters.set(name, value);
  const query = parameters.toString();
  return query ? `/rules?${query}` : '/rules';
}

function isNamed({ ids }: { ids: readonly string[] }, id: string): boolean {
  return ids.includes(id);
}

/** The catalogue under a filter. Without one, magics without rules stay, to say that they have none. */
export function filterRules(magics: readonly MagicView[], filter: RulesFilter): MagicView[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const language = LANGUAGE_NAMES.find(({ id }) => id === filter.language);
  const isKept = (rule: RuleView) => {
    if (filter.severity && rule.severity !== filter.severity) return false;
    if (filter.evidence && !rule.evidenceKinds.includes(filter.evidence)) return false;
    if (language && rule.languages.length > 0 && !rule.languages.some((id) => isNamed(language, id))) {
      return false;
    }
    const { en, ja } = rule.title;
    const text =
      `${rule.ruleId} ${rule.catalogue} ${en} ${ja} ${[...rule.tags, ...rule.terms].join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const isNarrow = words.length > 0 || filter.severity !== null || filter.evidence !== null || language !== undefined;
  return magics
    .filter(({ magic }) => !filter.magic || magic === filter.magic)
    .map((magic) => ({ ...magic, rules: magic.rules.filter(isKept) }))
    .filter(({ rules }) => !isNarrow || rules.length > 0);
}
