import { expect, test } from 'vitest';
import { createMailboxLimiter, mailboxOf } from './mailbox-limit';

test.each([
  ['kai@example.org', 'kai@example.org'],
  ['K.ai+news@Example.org', 'kai@example.org'],
  ['kai+a+b@example.org', 'kai@example.org'],
])('%s is the mailbox %s', (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});

test('a mailbox is full after so many, however it is written, and others are not', () => {
  const limiter = createMailboxLimiter(2);
  limiter.take('kai@example.org');
  limiter.take('k.ai+1@example.org');

  expect(() => limiter.take('KAI+2@example.org')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  expect(() => limiter.take('rin@example.org')).not.toThrow();
});
