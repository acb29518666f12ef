import type { Context } from '@/lib/auth/context';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { asSystem } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { confirmChannelMail } from '@/lib/mail/letters';
import { sendMail } from '@/lib/mail/send-mail';
import type { MailChannel, MailChannelAnswer } from '@/lib/schemas/channels';
import { createLinkGuard } from '../link-guard';
import { createMailboxLimiter } from '../mailbox-limit';
import { newRowId, seal } from '../sealed-columns';
import { readSettings } from './channel-settings';
import { memberEmails, stateOf } from './recipients';

const LIFETIME_MS = 7 * 24 * 3600_000;

const guard = createLinkGuard();
/** Over all teams: nobody's mailbox is filled by adding it to channels. */
const byMailbox = createMailboxLimiter(3);

interface Letter {
  email: string;
  token: string;
}

/** Makes these the addresses of the channel. Gives those that must be asked first: no member's, and new here. */
export async function replaceRecipients(
  tx: Tx,
  { teamId, channelId, emails }: { teamId: string; channelId: string; emails: readonly string[] },
): Promise<Letter[]> {
  const wanted = [...new Set(emails)];
  await tx.channelRecipient.deleteMany({ where: { channelId, email: { notIn: wanted } } });
  const rows = await tx.channelRecipient.findMany({ where: { channelId } });
  const members = await memberEmails(tx, teamId, wanted);
  const letters: Letter[] = [];
  for (const email of wanted) {
    const known = rows.find((row) => row.email === email);
    const state = known && stateOf(known, members);
    // Who said no is not asked again by adding them once more in the same channel.
    if (state && state !== 'expired') continue;
    const token = createLinkValue();
    const id = known?.id ?? newRowId();
    const link = {
      tokenHash: hashSecret(token),
      token: await seal('channel_recipients.token', { teamId, rowId: id }, token),
      askedUntil: new Date(Date.now() + LIFETIME_MS),
    };
    if (known) await tx.channelRecipient.update({ where: { id }, data: link });
    else await tx.channelRecipient.create({ data: { id, teamId, channelId, email, ...link } });
    if (!members.has(email)) letters.push({ email, token });
  }
  return letters;
}

/** Never throws: the channel is made, and shows who has not confirmed. */
export async function sendConfirmations(ctx: Context, channelId: string, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) return;
  const channel = await db().channel.findFirst({
    where: { id: channelId },
    select: { name: true, settings: true, team: { select: { name: true } } },
  });
  if (!channel) return;
  const { language } = readSettings(channel.settings);
  for (const { email, token } of letters) {
    try {
      byMailbox.take(email);
      const link = `${env().PUBLIC_URL}/mail-channel/${token}`;
      const names = { teamName: channel.team.name, channelName: channel.name };
      await sendMail(confirmChannelMail({ to: email, language, ...names, link }));
    } catch (error) {
      const reason = isAppError(error) ? { code: error.code, ...error.details } : { err: error };
      ctx.log.warn({ ...reason, channelId }, 'a letter that asks for confirmation was not sent');
    }
  }
}

/** What the holder of a link is asked. */
export function getMailChannel(address: string | null, token: string): Promise<MailChannel> {
  return asSystem(() => guard(address, async () => toView(await findLive(token))));
}

/** The owner of an address says whether they want the messages. Saying no holds also for members. */
export function answerMailChannel(
  address: string | null,
  token: string,
  { wants }: MailChannelAnswer,
): Promise<MailChannel> {
  return asSystem(() =>
    guard(address, async () => {
      const { id } = await findLive(token);
      const now = new Date();
      const data = wants ? { confirmedAt: now, stoppedAt: null } : { confirmedAt: null, stoppedAt: now };
      await db().channelRecipient.update({ where: { id }, data });
      return toView(await findLive(token));
    }),
  );
}

async function findLive(token: string) {
  const row = await db().channelRecipient.findFirst({
    where: { tokenHash: hashSecret(token) },
    include: { channel: { select: { name: true, team: { select: { id: true, name: true } } } } },
  });
  if (!row) throw new AppError('gone', 'the link opens nothing');
  const { channel, ...recipient } = row;
  const members = await memberEmails(db(), channel.team.id, [row.email]);
  const state = stateOf(recipient, members);
  if (state === 'expired') throw new AppError('gone', 'the link has expired');
  return { id: row.id, email: row.email, state, channelName: channel.name, teamName: channel.team.name };
}

function toView({ id: _, ...view }: Awaited<ReturnType<typeof findLive>>): MailChannel {
  return view;
}
