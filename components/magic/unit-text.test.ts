import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import type { RuleResultView } from '@/lib/schemas/magics';
import { unitText } from './unit-text';

const result = (per: string) => ({ rule: { limits: { per, good: 0, bad: 3 } } }) as Pick<RuleResultView, 'rule'>;

test('a count of findings says that it is one', () => {
  const [english, japanese] = [messagesIn('en'), messagesIn('ja')];

  expect(unitText(1, result('sites'), english)).toBe('finding');
  expect(unitText(4, result('sites'), english)).toBe('findings');
  expect(unitText(4, result('sites'), japanese)).toBe('件の指摘');
});

test('a density names what it is related to, a measure of its own has no unit', () => {
  expect(unitText(0.4, result('kloc'), messagesIn('en'))).toBe('per 1,000 lines');
  expect(unitText(4, result('measure'), messagesIn('en'))).toBeNull();
});
