import { setImmediate as nextTurn } from 'node:timers/promises';
import { limitKeyOf } from '@/lib/auth/client-address';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { isAppError } from '@/lib/errors';
import { chooseLanguage } from '@/lib/i18n/language';
import { logger } from '@/lib/logger';
import { passwordMail } from '@/lib/mail/letters';
import { isMailSetUp, sendMail } from '@/lib/mail/send-mail';
import type { PasswordMailAnswer, PasswordMailRequest } from '@/lib/schemas/users';
import { createMailboxLimiter } from './mailbox-limit';
import { createOwnPasswordReset } from './passwords';
import { createTurns } from './turns';

const byClient = createRateLimiter(20, 15 * 60_000);
const byMailbox = createMailboxLimiter(3);
const takeTurn = createTurns({ atOnce: 2, waiting: 500 });
const underWay = new Set<Promise<void>>();

/**
 * Open to everybody. The answer says nothing of the address, and is given before anything is looked up: neither its words
 * nor its time tell whether somebody has an account. Throws `rate_limited` for a client that asks too often.
 */
export function requestPasswordMail(client: string | null, request: PasswordMailRequest): PasswordMailAnswer {
  byClient.take(limitKeyOf(client));
  if (!isMailSetUp()) return { isMailSetUp: false };
  const mailing = mailLater(client, request);
  underWay.add(mailing);
  void mailing.finally(() => underWay.delete(mailing));
  return { isMailSetUp: true };
}

/** Whether people can have a link mailed to themselves. */
export function canMailPasswords(): boolean {
  return isMailSetUp();
}

/** Resolves when what was promised until now was sent or given up. */
export async function passwordMailsEnd(): Promise<void> {
  await Promise.all(underWay);
}

async function mailLater(client: string | null, request: PasswordMailRequest): Promise<void> {
  try {
    await nextTurn();
    await takeTurn(client ?? 'unknown', () => mailLink(client, request));
  } catch (error) {
    const reason = isAppError(error) ? { code: error.code, ...error.details } : { err: error };
    logger().warn(reason, 'password link was not mailed');
  }
}

async function mailLink(client: string | null, { email, language }: PasswordMailRequest): Promise<void> {
  byMailbox.take(email);
  const made = await createOwnPasswordReset(client, email);
  if (!made) return;
  // What the person chose goes before what this browser asks for.
  const chosen = chooseLanguage(made.language ?? undefined, language ?? null);
  await sendMail(passwordMail({ ...made, language: chosen }));
}
