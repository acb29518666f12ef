import { expect, test } from 'vitest';
import { messageOf } from './rule-text';

test.each([
  ['flow/has-reproducible-build', 'lock', { count: 1 }, '1 dependency of this manifest is not locked.'],
  ['flow/has-reproducible-build', 'lock', { count: 2 }, '2 dependencies of this manifest are not locked.'],
  ['flow/has-issue-reference', 'few', { share: 0, count: 1 }, 'Only 0 % of 1 change of code names an issue'],
])('%s speaks of one and of many', (ruleId, messageId, data, text) => {
  expect(messageOf({ ruleId, messageId, data }, 'en')).toContain(text);
});
