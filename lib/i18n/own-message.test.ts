import { expect, test } from 'vitest';
import { onlyLanguageOfMessage } from './own-message';

test('a message of an own rule that is in one language alone says which', () => {
  const own = (data: Record<string, string>) => onlyLanguageOfMessage({ ruleId: 'own/a', messageId: 'own', data });

  expect(own({ en: 'x' })).toBe('en');
  expect(own({ ja: '文' })).toBe('ja');
  expect(own({ en: 'x', ja: '文' })).toBeNull();
  expect(onlyLanguageOfMessage({ ruleId: 'tdd/has-tests', messageId: 'none', data: {} })).toBeNull();
});
