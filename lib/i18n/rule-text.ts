import { showHidden } from '@/lib/magics/hidden-text';
import { findRule } from '@/lib/magics/registry';
import { type Finding, LANGUAGES, type Language, type SkippedRule, type Text } from '@/lib/magics/types';
import { fill } from './fill';
import { isOwnRule, ownMessage } from './own-message';
import { REASON_TEXTS } from './reasons';

type Message = Pick<Finding, 'ruleId' | 'messageId' | 'data'>;

/** What a finding says, with all of what a repository wrote to be seen; the bare id when the rule is no longer known. */
export function messageOf({ ruleId, messageId, data }: Message, language: Language): string {
  if (isOwnRule(ruleId)) return showHidden(ownMessage({ messageId, data }, language));
  const text = findRule(ruleId)?.messages[messageId]?.[language];
  return text === undefined ? messageId : fill(text, data);
}

/** Why a rule was not evaluated: in its own words, or in those shared by all rules. */
export function reasonOf({ ruleId, reason, data }: SkippedRule, language: Language): string {
  const text = findRule(ruleId)?.messages[reason]?.[language] ?? REASON_TEXTS[reason]?.[language];
  return text === undefined ? reason : fill(text, data);
}

export const messageInAll = (message: Message): Text => inAll((language) => messageOf(message, language));
export const reasonInAll = (skipped: SkippedRule): Text => inAll((language) => reasonOf(skipped, language));

function inAll(say: (language: Language) => string): Text {
  return Object.fromEntries(LANGUAGES.map((language) => [language, say(language)])) as Text;
}

/** A text with its data, in all languages. */
export const fillText = (text: Text, data: Message['data']): Text => inAll((language) => fill(text[language], data));
