import { expect, test } from 'vitest';
import { ruleChoices } from './rule-choices';
import type { RuleTexts } from './rule-texts';

const rule = (magic: RuleTexts['magic'], title: string): RuleTexts => ({ magic, title, why: '', fix: '', tags: [] });
const RULES = {
  'git/b': rule('git', 'Branches are short'),
  'tdd/z': rule('tdd', 'Assertions assert'),
  'integrity/c': rule('integrity', 'No unfinished code'),
  'integrity/a': rule('integrity', 'Names are told apart'),
};

test('rules come by magic, then by title', () => {
  const choices = ruleChoices(['git/b', 'integrity/c', 'tdd/z', 'integrity/a'], RULES, 'en');

  expect(choices.map(({ ruleId }) => ruleId)).toEqual(['integrity/a', 'integrity/c', 'tdd/z', 'git/b']);
});

test('a rule of an earlier release comes last, under its id, and each comes once', () => {
  const choices = ruleChoices(['old/gone', 'git/b', 'old/gone', 'constructor'], RULES, 'en');

  expect(choices.map(({ title }) => title)).toEqual(['Branches are short', 'constructor', 'old/gone']);
});
