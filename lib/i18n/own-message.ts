import { LANGUAGES, type Language, type MessageData, type Text } from '@/lib/magics/types';
import { fill } from './fill';

const UNREAD: Text = {
  en: '{path} could not be asked ({cause}).',
  ja: '{path}を調べられませんでした（{cause}）。',
};

const MORE: Text = {
  en: ' {more} more {more|place|places} in this file.',
  ja: 'このファイルにはほかに{more}件あります。',
};

export function isOwnRule(ruleId: string): boolean {
  return ruleId.startsWith('own/');
}

/** The text that a finding of a team's own rule brings along; in the other language where it has none in this one. */
export function ownMessage({ messageId, data }: { messageId: string; data: MessageData }, language: Language): string {
  if (messageId === 'own-unread') return fill(UNREAD[language], data);
  const text = data[language] ?? LANGUAGES.map((other) => data[other]).find((other) => other !== undefined);
  if (text === undefined) return messageId;
  const more = data.more === undefined ? '' : fill(MORE[language], data);
  return `${fill(String(text), data)}${more}`;
}

/** The language of a message that is in one alone; null where it is in all. */
export function onlyLanguageOfMessage(finding: Parameters<typeof foreignLanguageOf>[0]): Language | null {
  return LANGUAGES.map((language) => foreignLanguageOf(finding, language)).find((other) => other !== null) ?? null;
}

/** The language of a message that is not there in the reader's; null where it is. */
export function foreignLanguageOf(
  { ruleId, messageId, data }: { ruleId: string; messageId: string; data: MessageData },
  language: Language,
): Language | null {
  if (!isOwnRule(ruleId) || messageId !== 'own' || data[language] !== undefined) return null;
  return LANGUAGES.find((other) => data[other] !== undefined) ?? null;
}
