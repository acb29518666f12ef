import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import { chooseLanguage } from '@/lib/i18n/language';
import type { Logger } from '@/lib/logger';
import { channelDisabledMail } from '@/lib/mail/letters';
import { isMailSetUp, sendMail } from '@/lib/mail/send-mail';

const MOST_OWNERS = 10;

/** Tells the owners of a team that a channel was disabled. Never throws: the page tells it too. */
export async function mailOwners(
  { id, teamId, name, team }: { id: string; teamId: string; name: string; team: { name: string } },
  log: Logger,
): Promise<void> {
  if (!isMailSetUp()) return;
  const owners = await db().membership.findMany({
    where: { teamId, role: 'owner', user: { serviceTeamId: null } },
    select: { user: { select: { email: true, language: true } } },
    take: MOST_OWNERS,
  });
  const link = `${env().PUBLIC_URL}/teams/${teamId}/notifications/${id}`;
  for (const { user } of owners) {
    try {
      const language = chooseLanguage(user.language ?? undefined, null);
      await sendMail(channelDisabledMail({ to: user.email, language, channelName: name, teamName: team.name, link }));
    } catch (error) {
      const reason = isAppError(error) ? { code: error.code, ...error.details } : { err: error };
      log.warn({ ...reason, channelId: id }, 'an owner was not told of a disabled channel');
    }
  }
}
