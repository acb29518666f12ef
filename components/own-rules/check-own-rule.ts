import type { Check } from '@/components/forms/use-field-check';
import type { Messages } from '@/lib/i18n/messages';

/** As the API takes the name of a rule. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MOST_FINDINGS = 10_000;

export type RuleChecks = Record<'name' | 'written' | 'zeroAt', Check>;

/** What a field of a rule shows as wrong before the server is asked, which knows patterns and queries better. */
export function ruleChecks(t: Messages, taken: readonly string[]): RuleChecks {
  const words = t.ownRules;
  return {
    name: (text) => {
      const name = text.trim();
      if (!NAME.test(name)) return `${words.checkField} ${words.nameHelp}`;
      return taken.includes(`own/${name}`) ? words.nameTaken : null;
    },
    written: (text) => (text.trim() === '' ? words.checkField : null),
    zeroAt: (text) => {
      const number = Number(text);
      const isRight = text.trim() === '' || (Number.isInteger(number) && number >= 1 && number <= MOST_FINDINGS);
      return isRight ? null : words.zeroAtWrong;
    },
  };
}
