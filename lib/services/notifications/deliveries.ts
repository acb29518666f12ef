import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { messagesIn } from '@/lib/i18n/messages';
import type { StoredMessage } from '@/lib/notifications/message';
import type { ChannelTest, DeliveryPage, DeliveryStatus, DeliveryView } from '@/lib/schemas/channels';
import type { PageRequest } from '@/lib/schemas/common';
import { decodeCursor, encodeCursor } from '../cursor';
import { readSettings } from './channel-settings';
import { requireChannel } from './channels';
import { addDeliveries } from './gather';
import { receiversOf } from './recipients';
import { sendDelivery } from './send-delivery';

const Place = z.tuple([z.uuid()]);

const byTeam = createRateLimiter(30, 10 * 60_000);

/** What was sent to the channel, newest first. */
export async function listDeliveries(
  ctx: Context,
  teamId: string,
  channelId: string,
  { cursor, limit }: PageRequest,
): Promise<DeliveryPage> {
  await requireChannel(ctx, teamId, channelId);
  const [after] = decodeCursor(cursor, Place) ?? [null];
  const rows = await db().channelDelivery.findMany({
    where: { channelId, teamId, ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toDeliveryView),
    nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null,
  };
}

/** Sends a message at once, and tells exactly what came of it. */
export async function testChannel(ctx: Context, teamId: string, channelId: string): Promise<ChannelTest> {
  const channel = await requireChannel(ctx, teamId, channelId);
  byTeam.take(teamId);
  const { language } = readSettings(channel.settings);
  const t = messagesIn(language).notifications.message;
  const url = `${env().PUBLIC_URL}/teams/${teamId}`;
  const now = new Date();
  const content: StoredMessage = {
    message: {
      language,
      title: t.test,
      sections: [{ tone: 'info', title: t.test, lines: [t.testLine(channel.name)], link: { label: t.team, url } }],
      notes: [t.sentFrom(env().PUBLIC_URL)],
    },
    events: [{ type: 'test', at: now.toISOString(), project: null, auditId: null, url, data: {} }],
  };
  const messageId = randomUUID();
  const receivers = await receiversOf(db(), channel);
  const stored = content as unknown as Prisma.InputJsonObject;
  const common = { teamId, channelId, kind: 'test', messageId, content: stored, createdAt: now };
  const open = await db().channelDelivery.createManyAndReturn({
    data:
      receivers.length === 0
        ? [{ ...common, status: 'failed', problem: 'channel_no_recipient', nextTryAt: now, endedAt: now }]
        : // Nobody else takes it up while it is sent here.
          receivers.map((recipient) => ({ ...common, recipient, nextTryAt: new Date(now.getTime() + 10 * 60_000) })),
    select: { id: true, endedAt: true },
  });
  for (const { id, endedAt } of open) {
    if (endedAt === null) await sendDelivery(id, { log: ctx.log, isOnlyTry: true });
  }
  const rows = await db().channelDelivery.findMany({ where: { messageId, channelId }, orderBy: { id: 'asc' } });
  return {
    isDelivered: rows.every(({ status }) => status === 'delivered'),
    deliveries: rows.map(toDeliveryView),
  };
}

/** Sends a message of the log again, under its id, to the same receiver. */
export async function replayDelivery(
  ctx: Context,
  teamId: string,
  channelId: string,
  deliveryId: string,
): Promise<DeliveryView> {
  const channel = await requireChannel(ctx, teamId, channelId);
  byTeam.take(teamId);
  const former = await db().channelDelivery.findFirst({ where: { id: deliveryId, channelId, teamId } });
  if (!former) throw new AppError('not_found', 'no such delivery');
  if (former.endedAt === null) {
    throw new AppError('conflict', 'it is still being sent', { details: { reason: 'under_way' } });
  }
  if (channel.status !== 'active' || !channel.isEnabled) {
    throw new AppError('conflict', 'the channel is off', { details: { reason: 'channel_off' } });
  }
  const isReplayable = channel.kind !== 'email' || former.recipient !== null;
  const receivers = isReplayable ? [former.recipient] : await receiversOf(db(), channel);
  const [id = ''] = await db().$transaction((tx) =>
    addDeliveries(tx, {
      teamId,
      channelId,
      kind: former.kind as 'notices',
      content: former.content as unknown as StoredMessage,
      messageId: former.messageId,
      receivers,
      replayOfId: former.id,
      now: new Date(),
    }),
  );
  return toDeliveryView(await db().channelDelivery.findFirstOrThrow({ where: { id } }));
}

type Row = Prisma.ChannelDeliveryGetPayload<object>;

function toDeliveryView(row: Row): DeliveryView {
  const { id, messageId, recipient, tries, problem, responseStatus, response, durationMs, replayOfId } = row;
  const isOpen = row.endedAt === null;
  return {
    deliveryId: id,
    messageId,
    kind: row.kind as DeliveryView['kind'],
    title: (row.content as unknown as StoredMessage).message.title,
    recipient,
    status: row.status as DeliveryStatus,
    tries,
    nextTryAt: isOpen ? row.nextTryAt.toISOString() : null,
    problem,
    responseStatus,
    response,
    durationMs,
    replayOfId,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
