import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { type AppError, isAppError, isRetryable } from '@/lib/errors';
import { noticeMail } from '@/lib/mail/letters';
import { isMailSetUp, sendMail } from '@/lib/mail/send-mail';
import { toDiscord } from '@/lib/notifications/discord';
import type { StoredMessage } from '@/lib/notifications/message';
import { type Outcome, outcomeOf } from '@/lib/notifications/outcome';
import { toSlack } from '@/lib/notifications/slack';
import { toTeams } from '@/lib/notifications/teams';
import { signWebhook, toWebhook } from '@/lib/notifications/webhook';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';
import { unseal } from '../sealed-columns';
import { type RecipientRow, receiversOf } from './recipients';

const TIMEOUT_MS = 15_000;
/** Of an answer, whose beginning alone is kept. */
const MOST_ANSWER_BYTES = 256 * 1024;

export interface SendingChannel {
  id: string;
  teamId: string;
  kind: string;
  name: string;
  address: string | null;
  secret: string | null;
  previousSecret: string | null;
  previousUntil: Date | null;
  team: { name: string };
  recipients: readonly (RecipientRow & { id: string; token: string })[];
}

interface Sending {
  messageId: string;
  kind: string;
  recipient: string | null;
  createdAt: Date;
  content: StoredMessage;
}

/** Sends a message once; whatever goes wrong is the outcome. */
export async function tryToSend(channel: SendingChannel, delivery: Sending, signal?: AbortSignal): Promise<Outcome> {
  try {
    return channel.kind === 'email' ? await mail(channel, delivery) : await post(channel, delivery, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
    const isPassing = isRetryable(error) || error.code.startsWith('outgoing_tls');
    return failure(error.code, { isRetryable: isPassing });
  }
}

function failure(problem: string, parts: Partial<Outcome> = {}): Outcome {
  const none = { responseStatus: null, response: null, isGone: false, retryAfterMs: null };
  return { isDelivered: false, problem, isRetryable: false, ...none, ...parts };
}

async function post(channel: SendingChannel, delivery: Sending, signal?: AbortSignal): Promise<Outcome> {
  const row = { teamId: channel.teamId, rowId: channel.id };
  const address = await unseal('channels.address', row, channel.address ?? '');
  const { body, headers } = await requestOf(channel, delivery);
  await using fetch = createOutgoingFetch({
    // Loopback too only where an operator allows it: an admin of a team is not one of the machine.
    rules: { allowedHosts: env().ALLOWED_HOSTS },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_ANSWER_BYTES,
    maxRedirects: 0,
  });
  const response = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'user-agent': 'Ancient-Elder', ...headers },
    ...(signal && { signal }),
  });
  // What came is told by the status; a body that cannot be read changes nothing.
  const text = await response.text().catch(() => '');
  const retryAfter = response.headers.get('retry-after');
  return outcomeOf(response.status, { body: text, retryAfter, now: new Date() });
}

async function requestOf(
  channel: SendingChannel,
  { messageId, kind, createdAt, content }: Sending,
): Promise<{ body: string; headers: Record<string, string> }> {
  switch (channel.kind) {
    case 'slack':
      return { body: JSON.stringify(toSlack(content.message)), headers: {} };
    case 'discord':
      return { body: JSON.stringify(toDiscord(content.message)), headers: {} };
    case 'teams':
      return { body: JSON.stringify(toTeams(content.message)), headers: {} };
    default: {
      const team = { id: channel.teamId, name: channel.team.name };
      const parts = { type: `elder.${kind}`, at: createdAt, team, channel: { id: channel.id, name: channel.name } };
      const body = toWebhook(content, parts);
      return { body, headers: signWebhook(messageId, new Date(), body, await secretsOf(channel)) };
    }
  }
}

/** The newest first; the one before it as long as receivers may still check with it. */
async function secretsOf({ id, teamId, secret, previousSecret, previousUntil }: SendingChannel): Promise<string[]> {
  const row = { teamId, rowId: id };
  const isFormerGood = previousSecret !== null && previousUntil !== null && previousUntil > new Date();
  return [
    await unseal('channels.secret', row, secret ?? ''),
    ...(isFormerGood ? [await unseal('channels.previous_secret', row, previousSecret)] : []),
  ];
}

async function mail(channel: SendingChannel, { messageId, recipient, content }: Sending): Promise<Outcome> {
  if (!isMailSetUp()) return failure('unavailable', { isRetryable: true });
  const row = channel.recipients.find(({ email }) => email === recipient);
  // Who was removed from the team or wants no more since gets nothing.
  if (!row || !(await receiversOf(db(), channel)).includes(row.email)) return failure('channel_no_recipient');
  const token = await unseal('channel_recipients.token', { teamId: channel.teamId, rowId: row.id }, row.token);
  const stopUrl = `${env().PUBLIC_URL}/mail-channel/${token}`;
  try {
    await sendMail(
      noticeMail({ to: row.email, message: content.message, channelName: channel.name, stopUrl, messageId }),
    );
    const done = { responseStatus: 250, response: null, isRetryable: false, isGone: false, retryAfterMs: null };
    return { isDelivered: true, problem: null, ...done };
  } catch (error) {
    const { smtpStatus, failure: kind } = (error as AppError).details ?? {};
    if (!isAppError(error)) throw error;
    const status = typeof smtpStatus === 'number' ? smtpStatus : null;
    // The server says no to this mailbox for good; sign-in and the rest may be mended.
    const isRefused = kind === 'EENVELOPE' && status !== null && status >= 500;
    return failure(isRefused ? 'channel_mail_refused' : 'channel_mail', {
      responseStatus: status,
      response: typeof kind === 'string' ? kind : null,
      isRetryable: !isRefused,
    });
  }
}
