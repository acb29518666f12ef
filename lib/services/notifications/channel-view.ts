import type { Prisma } from '@/lib/db/generated/client';
import type { ChannelView, DeliveryStatus } from '@/lib/schemas/channels';
import { readSettings } from './channel-settings';
import { stateOf } from './recipients';

/** What a view of a channel is made of. */
export const CHANNEL_ROW = {
  recipients: { orderBy: { email: 'asc' } },
  deliveries: {
    orderBy: { createdAt: 'desc' },
    take: 1,
    select: { status: true, createdAt: true, responseStatus: true },
  },
  _count: { select: { items: { where: { messageId: null } } } },
} as const satisfies Prisma.ChannelInclude;

type Row = Prisma.ChannelGetPayload<{ include: typeof CHANNEL_ROW }>;

export function toChannelView(row: Row, members: ReadonlySet<string>): ChannelView {
  const { previousUntil, mutedUntil, failingSince, disabledAt, createdAt, problem, problemStatus } = row;
  const now = new Date();
  const [last] = row.deliveries;
  return {
    channelId: row.id,
    kind: row.kind as ChannelView['kind'],
    name: row.name,
    shownAddress: row.shownAddress,
    emails: row.recipients.map((one) => ({ email: one.email, state: stateOf(one, members, now) })),
    previousSecretUntil: previousUntil && previousUntil > now ? previousUntil.toISOString() : null,
    ...readSettings(row.settings),
    isEnabled: row.isEnabled,
    mutedUntil: mutedUntil && mutedUntil > now ? mutedUntil.toISOString() : null,
    status: row.status as ChannelView['status'],
    problem: problem === null ? null : { code: problem, status: problemStatus },
    failingSince: failingSince?.toISOString() ?? null,
    disabledAt: disabledAt?.toISOString() ?? null,
    waiting: row._count.items,
    lastDelivery: last
      ? {
          status: last.status as DeliveryStatus,
          at: last.createdAt.toISOString(),
          responseStatus: last.responseStatus,
        }
      : null,
    createdAt: createdAt.toISOString(),
  };
}
