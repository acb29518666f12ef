import { asSystem } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import type { Logger } from '@/lib/logger';
import type { StoredMessage } from '@/lib/notifications/message';
import { delayAfter, type Outcome } from '@/lib/notifications/outcome';
import { recordChange } from '../change-log';
import { mailOwners } from './disabled-mail';
import { type SendingChannel, tryToSend } from './try-to-send';

/** As long as one try may take, and more: then another worker takes it over. */
const LEASE_MS = 90_000;
const FAILING_MS = 5 * 24 * 3600_000;

interface SendOptions {
  log: Logger;
  signal?: AbortSignal;
  now?: Date;
  /** A test is not tried again. */
  isOnlyTry?: boolean;
}

/**
 * One try to send a message. Twice for the same message it may be sent twice, under the same id: when a worker dies between the
 * answer and its record. Does nothing for one that ended or that somebody is sending.
 */
export async function sendDelivery(deliveryId: string, options: SendOptions): Promise<void> {
  const { log, signal, now = new Date(), isOnlyTry = false } = options;
  await asSystem(async () => {
    const claimed = await claim(deliveryId, now);
    if (!claimed) return log.info({ deliveryId }, 'notification was sent or is being sent');
    const { channel, ...delivery } = claimed;
    if (!isOnlyTry && (channel.status !== 'active' || !channel.isEnabled)) {
      await end(db(), deliveryId, { status: 'failed', problem: 'channel_disabled' });
      return;
    }
    const startedAt = performance.now();
    const content = delivery.content as unknown as StoredMessage;
    const outcome = await tryToSend(channel, { ...delivery, content }, signal);
    const durationMs = Math.round(performance.now() - startedAt);
    const isDisabled = await record(claimed, outcome, { now, durationMs, isOnlyTry });
    const told = { deliveryId, channelId: channel.id, tries: delivery.tries, status: outcome.responseStatus };
    log.info(
      { ...told, problem: outcome.problem },
      outcome.isDelivered ? 'notification sent' : 'notification not sent',
    );
    if (isDisabled) await mailOwners(channel, log);
  });
}

async function claim(deliveryId: string, now: Date) {
  const { count } = await db().channelDelivery.updateMany({
    where: {
      id: deliveryId,
      OR: [{ status: 'waiting' }, { status: 'sending', sendingAt: { lt: new Date(now.getTime() - LEASE_MS) } }],
    },
    data: {
      status: 'sending',
      sendingAt: now,
      nextTryAt: new Date(now.getTime() + LEASE_MS),
      tries: { increment: 1 },
    },
  });
  if (count === 0) return null;
  return db().channelDelivery.findFirst({
    where: { id: deliveryId },
    include: { channel: { include: { team: { select: { name: true } }, recipients: true } } },
  });
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

/** Gives whether the channel was disabled by it. */
async function record(
  { id, tries, createdAt, channel }: Claimed,
  outcome: Outcome,
  { now, durationMs, isOnlyTry }: { now: Date; durationMs: number; isOnlyTry: boolean },
): Promise<boolean> {
  const { isDelivered, problem, responseStatus, response, isRetryable, isGone, retryAfterMs } = outcome;
  const answer = { problem, responseStatus, response, durationMs };
  return db().$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ failingSince: Date | null; status: string }[]>`
      select failing_since as "failingSince", status from channels where id = ${channel.id}::uuid for no key update`;
    if (isDelivered) {
      await end(tx, id, { status: 'delivered', ...answer });
      const fine = { problem: null, problemStatus: null, failingSince: null };
      await tx.channel.update({ where: { id: channel.id }, data: fine });
      return false;
    }
    const failingSince = held?.failingSince ?? now;
    const isTooLong = now.getTime() - failingSince.getTime() >= FAILING_MS;
    const delayMs = isRetryable && !isOnlyTry && !isTooLong ? delayAfter(tries, retryAfterMs) : null;
    const isLate = delayMs !== null && now.getTime() + delayMs - createdAt.getTime() > 25 * 3600_000;
    if (delayMs === null || isLate) await end(tx, id, { status: 'failed', ...answer });
    else {
      const nextTryAt = new Date(now.getTime() + delayMs);
      await tx.channelDelivery.updateMany({
        where: { id, status: 'sending' },
        data: { status: 'waiting', nextTryAt, ...answer },
      });
    }
    // A test tells who asked for it, and nothing else.
    if (isOnlyTry) return false;
    const isDisabled = (isGone || isTooLong) && held?.status === 'active';
    await tx.channel.update({
      where: { id: channel.id },
      data: {
        failingSince,
        problem: isTooLong && !isGone ? 'channel_failed' : problem,
        problemStatus: responseStatus,
        ...(isDisabled && { status: 'disabled', disabledAt: now }),
      },
    });
    if (isDisabled) await disable(tx, channel);
    return isDisabled;
  });
}

async function disable(
  tx: Tx,
  { id, teamId, name, problem }: SendingChannel & { problem: string | null },
): Promise<void> {
  await tx.channelDelivery.updateMany({
    where: { channelId: id, status: 'waiting' },
    data: { status: 'failed', problem: 'channel_disabled', endedAt: new Date() },
  });
  await tx.channelItem.deleteMany({ where: { channelId: id, messageId: null } });
  const change = {
    action: 'channel.disabled',
    teamId,
    target: id,
    after: { name },
    detail: { reason: problem },
  } as const;
  await recordChange(tx, { userId: null, address: null }, change);
}

async function end(
  tx: Pick<Tx, 'channelDelivery'>,
  id: string,
  data: { status: 'delivered' | 'failed'; problem: string | null },
): Promise<void> {
  await tx.channelDelivery.updateMany({ where: { id, endedAt: null }, data: { ...data, endedAt: new Date() } });
}
