import type { Language, MagicId } from '@/lib/magics/types';
import type { MagicView } from '@/lib/schemas/magics';

/** What the page says about a rule, in the reader's language. */
export interface RuleTexts {
  magic: MagicId;
  title: string;
  why: string;
  fix: string;
  tags: readonly string[];
}

export function ruleTexts(magics: readonly MagicView[], language: Language): Record<string, RuleTexts> {
  return Object.fromEntries(
    magics.flatMap(({ magic, rules }) =>
      rules.map(({ ruleId, title, why, fix, tags }) => [
        ruleId,
        { magic, title: title[language], why: why[language], fix: fix[language], tags },
      ]),
    ),
  );
}
