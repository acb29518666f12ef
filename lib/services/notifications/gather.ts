import { randomUUID } from 'node:crypto';
import { asSystem } from '@/lib/auth/tenants';
import { db, query, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { env } from '@/lib/env';
import type { Logger } from '@/lib/logger';
import type { StoredMessage } from '@/lib/notifications/message';
import type { Notice } from '@/lib/notifications/notice';
import { isQuiet } from '@/lib/notifications/quiet-hours';
import { writeEvents, writeMessage } from '@/lib/notifications/write-message';
import { enqueue } from '@/lib/queues/enqueue';
import type { ChannelSettings } from '@/lib/schemas/channels';
import { continueTrace, inSpan } from '@/lib/tracing/spans';
import { cronAt, lastTimeOf, minuteOfDay } from '../schedule-time';
import { readSettings } from './channel-settings';
import { receiversOf } from './recipients';
import { weeklyMessage } from './weekly-digest';

const HOUR_MS = 3600_000;
/** A try that was enqueued and is not heard of again is enqueued once more. */
const LEASE_MS = 90_000;
const CHANNELS_AT_ONCE = 200;
/** Notices in one message; what is beyond stays for the next. */
const MOST_NOTICES = 200;
const KEPT_DAYS = 30;

/**
 * Puts what is due into messages, channel by channel, and brings back those whose next try has come. Gives the number of
 * messages made. Any number of workers may do it at once.
 */
export async function gatherNotifications(log: Logger, now = new Date(), signal?: AbortSignal): Promise<number> {
  return asSystem(async () => {
    let made = 0;
    for (const channelId of await listDue(now)) {
      if (signal?.aborted) break;
      try {
        made += await db().$transaction((tx) => gather(tx, channelId, now));
      } catch (err) {
        // The others' messages are due, too.
        log.warn({ err, channelId }, 'notifications could not be gathered');
      }
    }
    await requeueOpen(now);
    return made;
  });
}

/** Forgets what was told long ago; gives the number of messages. */
export async function forgetOldMessages(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * HOUR_MS);
  return asSystem(async () => {
    const { count } = await db().channelDelivery.deleteMany({ where: { endedAt: { lt: before } } });
    await db().channelItem.deleteMany({ where: { messageId: { not: null }, dueAt: { lt: before } } });
    await db().notice.deleteMany({ where: { createdAt: { lt: before }, items: { none: {} } } });
    return count;
  });
}

async function listDue(now: Date): Promise<string[]> {
  const rows = await query<{ id: string; settings: unknown; weeklyAt: Date; hasItems: boolean }>`
    select c.id, c.settings, c.weekly_at as "weeklyAt",
      exists (select from channel_items i where i.channel_id = c.id and i.message_id is null and i.due_at <= ${now})
        as "hasItems"
    from channels c where c.is_enabled and c.status = 'active'`;
  return rows
    .filter(({ settings, weeklyAt, hasItems }) => hasItems || isWeekOver(readSettings(settings), weeklyAt, now))
    .slice(0, CHANNELS_AT_ONCE)
    .map(({ id }) => id);
}

async function gather(tx: Tx, channelId: string, now: Date): Promise<number> {
  // Another worker that has it does the same.
  const [held] = await tx.$queryRaw<{ id: string }[]>`
    select id from channels where id = ${channelId}::uuid and is_enabled and status = 'active'
    for no key update skip locked`;
  if (!held) return 0;
  const channel = await tx.channel.findFirstOrThrow({
    where: { id: channelId },
    include: { team: { select: { name: true } }, recipients: true },
  });
  const settings = readSettings(channel.settings);
  const due = { channelId, messageId: null, dueAt: { lte: now } };
  if (channel.mutedUntil && channel.mutedUntil > now) {
    await tx.channelItem.deleteMany({ where: due });
    await tx.channel.update({ where: { id: channelId }, data: { heldSince: null, weeklyAt: now } });
    return 0;
  }
  if (isQuiet(settings.quietHours, minuteOfDay(settings.timeZone, now))) return 0;
  const room = settings.mostAnHour - (await countSent(tx, channelId, now));
  if (room <= 0) {
    if (!channel.heldSince) await tx.channel.update({ where: { id: channelId }, data: { heldSince: now } });
    return 0;
  }
  const { teamId, team } = channel;
  const writing = { settings, teamId, publicUrl: env().PUBLIC_URL, isHeld: channel.heldSince !== null };
  const receivers = await receiversOf(tx, channel);
  const add = (kind: 'notices' | 'weekly', content: StoredMessage, messageId: string) =>
    addDeliveries(tx, { teamId, channelId, kind, content, messageId, receivers, now });

  let made = 0;
  const items = await tx.channelItem.findMany({
    where: due,
    orderBy: { id: 'asc' },
    take: MOST_NOTICES,
    include: { notice: { include: { project: { select: { id: true, name: true } } } } },
  });
  if (items.length > 0) {
    const notices = items.map(({ notice }) => toNotice(notice));
    const messageId = randomUUID();
    const content = { message: writeMessage(notices, writing), events: writeEvents(notices, writing) };
    // A message of several causes goes on with the first of them.
    const cause = items.map(({ notice }) => notice.traceparent).find((traceparent) => traceparent !== null);
    await continueTrace(cause ?? null, () =>
      inSpan('notification.write', {}, () => add('notices', content, messageId)),
    );
    await tx.channelItem.updateMany({ where: { id: { in: items.map(({ id }) => id) } }, data: { messageId } });
    await tx.channel.update({ where: { id: channelId }, data: { heldSince: null } });
    made += 1;
  }
  if (made < room && isWeekOver(settings, channel.weeklyAt, now)) {
    await add('weekly', await weeklyMessage(tx, { ...writing, teamName: team.name, now }), randomUUID());
    await tx.channel.update({ where: { id: channelId }, data: { weeklyAt: now } });
    made += 1;
  }
  return made;
}

interface NewDelivery {
  teamId: string;
  channelId: string;
  kind: 'notices' | 'weekly' | 'test';
  content: StoredMessage;
  messageId: string;
  /** Addresses of e-mail; one null of everything else. */
  receivers: readonly (string | null)[];
  replayOfId?: string;
  now: Date;
}

/** Puts a message on its way to each receiver; without any it is kept as one that could not be sent. */
export async function addDeliveries(tx: Tx, delivery: NewDelivery): Promise<string[]> {
  const { receivers, content, now, ...rest } = delivery;
  const common = { ...rest, content: content as unknown as Prisma.InputJsonObject, createdAt: now };
  if (receivers.length === 0) {
    const failed = { status: 'failed', problem: 'channel_no_recipient', nextTryAt: now, endedAt: now };
    const { id } = await tx.channelDelivery.create({ data: { ...common, ...failed }, select: { id: true } });
    return [id];
  }
  const ids: string[] = [];
  for (const recipient of receivers) {
    const { id } = await tx.channelDelivery.create({
      data: { ...common, recipient, nextTryAt: new Date(now.getTime() + LEASE_MS) },
      select: { id: true },
    });
    await enqueueDelivery(tx, id);
    ids.push(id);
  }
  return ids;
}

function enqueueDelivery(tx: Tx, deliveryId: string): Promise<void> {
  return enqueue(tx, 'notification.send', { deliveryId }, { jobId: `notification.${deliveryId}.${randomUUID()}` });
}

/** Messages whose next try has come, and those whose worker died. */
async function requeueOpen(now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      update channel_deliveries set next_try_at = ${new Date(now.getTime() + LEASE_MS)}, status = 'waiting'
      where id in (select id from channel_deliveries where ended_at is null and next_try_at <= ${now}
        order by next_try_at limit 500 for update skip locked)
      returning id`;
    for (const { id } of rows) await enqueueDelivery(tx, id);
  });
}

/** Messages of the last hour, however many addresses each went to. */
async function countSent(tx: Tx, channelId: string, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(distinct message_id) from channel_deliveries
    where channel_id = ${channelId}::uuid and kind <> 'test' and replay_of_id is null
      and created_at > ${new Date(now.getTime() - HOUR_MS)}`;
  return Number(row?.count ?? 0);
}

function isWeekOver({ events, weekly, timeZone }: ChannelSettings, since: Date, now: Date): boolean {
  if (!events.includes('weekly_digest')) return false;
  const time = lastTimeOf({ cron: cronAt(weekly.at, weekly.weekday), timeZone }, now);
  return time !== null && time > since;
}

function toNotice(row: {
  kind: string;
  data: unknown;
  auditId: string | null;
  createdAt: Date;
  project: { id: string; name: string } | null;
}): Notice {
  const { kind, data, auditId, project } = row;
  return { kind, data, auditId, project, at: row.createdAt.toISOString() } as Notice;
}
