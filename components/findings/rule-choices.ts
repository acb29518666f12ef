import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { RuleTexts } from './rule-texts';

export interface RuleChoice {
  ruleId: string;
  title: string;
  /** Null for a rule of an earlier release, whose findings may still be stored. */
  magic: MagicId | null;
}

/** Rules to choose from: by magic, in the order of the magics, then by title as the language sorts it. */
export function ruleChoices(
  ruleIds: Iterable<string>,
  rules: Readonly<Record<string, RuleTexts>>,
  language: string,
): RuleChoice[] {
  const byTitle = new Intl.Collator(language);
  const place = ({ magic }: RuleChoice) => (magic === null ? MAGIC_IDS.length : MAGIC_IDS.indexOf(magic));
  return [...new Set(ruleIds)]
    .map((ruleId) => {
      const known = Object.hasOwn(rules, ruleId) ? rules[ruleId] : undefined;
      return { ruleId, title: known?.title ?? ruleId, magic: known?.magic ?? null };
    })
    .sort((a, b) => place(a) - place(b) || byTitle.compare(a.title, b.title));
}
