import { cleanJson } from '@/lib/clean-text';
import type { Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { NoticeData } from '@/lib/notifications/notice';
import { wants } from '@/lib/notifications/wants';
import type { NoticeKind } from '@/lib/schemas/channel-kinds';
import type { ChannelSettings } from '@/lib/schemas/channels';
import { currentTraceparent } from '@/lib/tracing/spans';
import { nextTimeOf } from '../schedule-time';
import { readSettings } from './channel-settings';

/** Tells workers that something is to be told. */
export const NOTICES_CHANNEL = 'elder_notices';
const JOINED_MS = 5 * 60_000;

export type NoticeDraft = {
  [Kind in NoticeKind]: {
    kind: Kind;
    data: NoticeData[Kind];
    /** Names what happened: it is told once. */
    key: string;
    projectId: string | null;
    auditId: string | null;
  };
}[NoticeKind];

/**
 * Writes down, with what caused it, what the team's channels are to be told: nothing when none of them wants it. The same key
 * a second time changes nothing.
 */
export async function recordNotices(tx: Tx, teamId: string, drafts: readonly NoticeDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const now = new Date();
  const channels = await tx.channel.findMany({
    where: { teamId, isEnabled: true, status: 'active', OR: [{ mutedUntil: null }, { mutedUntil: { lte: now } }] },
    select: { id: true, settings: true },
    orderBy: { id: 'asc' },
  });
  let told = 0;
  for (const draft of drafts) {
    const wanting = channels
      .map(({ id, settings }) => ({ id, settings: readSettings(settings) }))
      .filter(({ settings }) => wants(settings, draft));
    if (wanting.length === 0) continue;
    const { projectId, auditId, kind, key } = draft;
    const data = cleanJson(draft.data) as unknown as Prisma.InputJsonObject;
    const [notice] = await tx.notice.createManyAndReturn({
      data: [{ teamId, projectId, auditId, kind, key, data, traceparent: currentTraceparent(), createdAt: now }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!notice) continue;
    const items = wanting.map(({ id, settings }) => ({
      teamId,
      channelId: id,
      noticeId: notice.id,
      dueAt: dueAt(settings, now),
    }));
    await tx.channelItem.createMany({ data: items });
    told += items.length;
  }
  if (told > 0) await tx.$executeRaw`select pg_notify(${NOTICES_CHANNEL}, '')`;
}

/** Called where a Git host begins to refuse a connection, in the transaction that says so. At most once an hour is told. */
export async function notifyAccessLost(
  tx: Tx,
  { teamId, connectionId }: { teamId: string; connectionId: string },
): Promise<void> {
  const connection = await tx.connection.findFirst({
    where: { id: connectionId, teamId },
    select: { name: true, account: true, _count: { select: { projects: true } } },
  });
  if (!connection) return;
  const { name, account, _count } = connection;
  const key = `access_lost:${connectionId}:${new Date().toISOString().slice(0, 13)}`;
  const data = { connectionId, connectionName: name, account, projects: _count.projects };
  await recordNotices(tx, teamId, [{ kind: 'access_lost', data, key, projectId: null, auditId: null }]);
}

function dueAt({ frequency, dailyAt, timeZone }: ChannelSettings, now: Date): Date {
  if (frequency === 'high') return now;
  if (frequency === 'normal') return new Date(now.getTime() + JOINED_MS);
  return nextTimeOf({ at: dailyAt, timeZone }, now);
}
