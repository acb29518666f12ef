import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { auditWords } from './audit-words';

const t = messagesIn('en');

test.each([
  ['completed', 8, 'Completed'],
  ['completed', 7, '7 of 8 judged'],
  ['partial', 7, 'Partial'],
  ['running', 3, 'Running'],
] as const)('an audit that is %s with %i of 8 magics says "%s"', (status, magicsJudged, words) => {
  expect(auditWords({ status, magicsJudged, magicsTotal: 8 }, t)).toBe(words);
});
