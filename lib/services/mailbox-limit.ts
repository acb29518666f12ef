import { createRateLimiter } from '@/lib/auth/rate-limit';

const HOUR_MS = 3600_000;

/** Bounds the messages a mailbox gets in an hour, whoever has them sent: `take` throws `rate_limited`. */
export function createMailboxLimiter(anHour: number): { take: (email: string) => void } {
  const limiter = createRateLimiter(anHour, HOUR_MS);
  return { take: (email) => limiter.take(mailboxOf(email)) };
}

/** Addresses that commonly end in one mailbox share one key: `K.ai+tag@…` and `kai@…`. */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at).replace(/\+.*$/s, '').replaceAll('.', '');
  return `${local}${email.slice(at)}`.toLowerCase();
}
