import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { auditErrorText } from './card-words';

const [en, ja] = [messagesIn('en'), messagesIn('ja')];

test('an audit of a branch that is not there names the branch', () => {
  const audit = { errorCode: 'repository_no_such_branch', branch: 'no/such' };

  expect(auditErrorText(audit, en)).toBe('The repository has no branch “no/such”.');
  expect(auditErrorText(audit, ja)).toBe('リポジトリにブランチ「no/such」はありません。');
});

test('other reasons are told as they are', () => {
  expect(auditErrorText({ errorCode: 'timeout', branch: 'main' }, en)).toBe(en.audit.jobErrors.timeout);
  expect(auditErrorText({ errorCode: null, branch: 'main' }, en)).toBe(en.errors.codes.internal);
});
