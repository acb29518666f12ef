import type { Context } from '@/lib/auth/context';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { isAppError } from '@/lib/errors';
import { type InvitationLetter, invitationMail } from '@/lib/mail/letters';
import { isMailSetUp, sendMail } from '@/lib/mail/send-mail';
import { createMailboxLimiter } from './mailbox-limit';

/** Over all teams: nobody's mailbox is filled by inviting them again and again. */
const byMailbox = createMailboxLimiter(3);
/** Over all teams that somebody makes. */
const byInviter = createRateLimiter(200, 3600_000);

/** Whether it was sent; null when no mail is set up. Never throws: the invitation is made, and its link is shown. */
export async function mailInvitation(ctx: Context, letter: InvitationLetter): Promise<boolean | null> {
  if (!isMailSetUp()) return null;
  try {
    byInviter.take(ctx.userId ?? '');
    byMailbox.take(letter.to);
    await sendMail(invitationMail(letter));
    return true;
  } catch (error) {
    const reason = isAppError(error) ? { code: error.code, ...error.details } : { err: error };
    ctx.log.warn(reason, 'invitation was not mailed');
    return false;
  }
}
