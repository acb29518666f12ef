import { findRule } from './registry';
import { LANGUAGES, type MessageData, type Text } from './types';

const PLACEHOLDER = /\{(\w+)\}/g;

/** Puts data into a text; an unknown placeholder stays visible. */
export function fillText(template: string, data: MessageData): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => (name in data ? String(data[name]) : whole));
}

/** A finding's message in every language; the bare id when the rule is no longer known. */
export function messageOf(ruleId: string, messageId: string, data: MessageData): Text {
  const text = findRule(ruleId)?.messages[messageId];
  const entries = LANGUAGES.map((language) => [language, text ? fillText(text[language], data) : messageId]);
  return Object.fromEntries(entries) as Text;
}
