import { cliEn } from '@/lib/i18n/cli.en';
import { cliJa } from '@/lib/i18n/cli.ja';
import { fill } from '@/lib/i18n/fill';
import { findRule } from '@/lib/magics/registry';
import { type Finding, LANGUAGES, type Language, type SkippedRule, type Text } from '@/lib/magics/types';

export const CLI_TEXTS = { en: cliEn, ja: cliJa } as const;

export function messageOf(
  { ruleId, messageId, data }: Pick<Finding, 'ruleId' | 'messageId' | 'data'>,
  language: Language,
) {
  const text = findRule(ruleId)?.messages[messageId]?.[language];
  return text === undefined ? messageId : fill(text, data);
}

export function reasonOf({ ruleId, reason, data }: SkippedRule, language: Language): string {
  const text = findRule(ruleId)?.messages[reason]?.[language] ?? CLI_TEXTS[language].reasons[reason];
  return text === undefined ? reason : fill(text, data);
}

/** Why a rule was not evaluated, in every language. */
export function reasonTextOf(skipped: SkippedRule): Text {
  return Object.fromEntries(LANGUAGES.map((language) => [language, reasonOf(skipped, language)])) as Text;
}
