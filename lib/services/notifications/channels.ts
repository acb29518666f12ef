import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { isMailSetUp } from '@/lib/mail/send-mail';
import { newWebhookSecret } from '@/lib/notifications/webhook';
import {
  type ChannelChange,
  type ChannelCreated,
  type ChannelList,
  type ChannelName,
  type ChannelRequest,
  type ChannelSecret,
  type ChannelSettings,
  type ChannelView,
  DEFAULT_SETTINGS,
} from '@/lib/schemas/channels';
import { recordChange } from '../change-log';
import { newRowId, seal, unseal } from '../sealed-columns';
import { holdTeam } from '../team-members';
import { checkAddress, shownAddress } from './channel-address';
import { readSettings, settingsIn } from './channel-settings';
import { CHANNEL_ROW, toChannelView } from './channel-view';
import { replaceRecipients, sendConfirmations } from './confirmations';
import { memberEmails } from './recipients';

/** Of a team, so that they can be listed whole. */
const MAX_CHANNELS = 50;
/** Both secrets sign so long. */
const GRACE_MS = 24 * 3600_000;

/** The team's channels, by name. */
export async function listChannels(ctx: Context, teamId: string): Promise<ChannelList> {
  requirePermission(ctx, teamId, 'channel.manage');
  const rows = await db().channel.findMany({
    where: { teamId },
    include: CHANNEL_ROW,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const emails = rows.flatMap(({ recipients }) => recipients.map(({ email }) => email));
  const members = await memberEmails(db(), teamId, emails);
  return { items: rows.map((row) => toChannelView(row, members)), isMailSetUp: isMailSetUp() };
}

/** What everybody in the team may know of its channels. */
export async function listChannelNames(teamId: string): Promise<ChannelName[]> {
  const rows = await db().channel.findMany({
    where: { teamId },
    select: { id: true, kind: true, name: true, isEnabled: true, status: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, kind, name, isEnabled, status }) => ({
    channelId: id,
    kind: kind as ChannelName['kind'],
    name,
    isOn: isEnabled && status === 'active',
  }));
}

export async function getChannel(ctx: Context, teamId: string, channelId: string): Promise<ChannelView> {
  requirePermission(ctx, teamId, 'channel.manage');
  const row = await db().channel.findFirst({ where: { id: channelId, teamId }, include: CHANNEL_ROW });
  if (!row) throw new AppError('not_found', 'no such channel');
  const emails = row.recipients.map(({ email }) => email);
  return toChannelView(row, await memberEmails(db(), teamId, emails));
}

/** The channel, for who may change it. */
export async function requireChannel(ctx: Context, teamId: string, channelId: string) {
  requirePermission(ctx, teamId, 'channel.manage');
  const channel = await db().channel.findFirst({
    where: { id: channelId, teamId },
    include: { recipients: true, team: { select: { name: true } } },
  });
  if (!channel) throw new AppError('not_found', 'no such channel');
  return channel;
}

export async function createChannel(ctx: Context, teamId: string, request: ChannelRequest): Promise<ChannelCreated> {
  requirePermission(ctx, teamId, 'channel.manage');
  const { kind, name, address, emails = [], isEnabled = true, mutedUntil = null } = request;
  requireTarget(request);
  if (address !== undefined) await checkAddress(address);
  const settings = { ...DEFAULT_SETTINGS, ...settingsIn(request) };
  const id = newRowId();
  const row = { teamId, rowId: id };
  const secret = kind === 'webhook' ? newWebhookSecret() : null;
  const sealed = {
    address: address === undefined ? null : await seal('channels.address', row, address),
    secret: secret && (await seal('channels.secret', row, secret)),
  };
  const letters = await db().$transaction(async (tx) => {
    await holdTeam(tx, ctx, teamId, 'channel.manage');
    if ((await tx.channel.count({ where: { teamId } })) >= MAX_CHANNELS) {
      throw new AppError('unprocessable', 'too many channels', { details: { reason: 'limit', limit: MAX_CHANNELS } });
    }
    await requireOwnProjects(tx, teamId, settings);
    await tx.channel.create({
      data: {
        id,
        teamId,
        kind,
        name,
        ...sealed,
        shownAddress: address === undefined ? null : shownAddress(address),
        settings: settings as unknown as Prisma.InputJsonObject,
        isEnabled,
        mutedUntil: mutedUntil && new Date(mutedUntil),
        createdById: ctx.userId,
      },
    });
    const added = kind === 'email' ? await replaceRecipients(tx, { teamId, channelId: id, emails }) : [];
    const after = {
      name,
      kind,
      ...(address && { address: shownAddress(address) }),
      ...(emails.length > 0 && { emails }),
    };
    await recordChange(tx, ctx, { action: 'channel.created', teamId, target: id, after });
    return added;
  });
  await sendConfirmations(ctx, id, letters);
  return { ...(await getChannel(ctx, teamId, id)), secret };
}

/** What is left out stays. Switching it on, or a new address, forgets that the other end refused. */
export async function changeChannel(
  ctx: Context,
  teamId: string,
  channelId: string,
  change: ChannelChange,
): Promise<ChannelView> {
  const { kind } = await requireChannel(ctx, teamId, channelId);
  const { name, address, emails, isEnabled, mutedUntil } = change;
  if (address !== undefined) await checkAddress(address);
  requireFit(kind, change);
  const sealedAddress = address && (await seal('channels.address', { teamId, rowId: channelId }, address));
  const letters = await db().$transaction(async (tx) => {
    await holdTeam(tx, ctx, teamId, 'channel.manage');
    await tx.$queryRaw`select id from channels where id = ${channelId}::uuid for no key update`;
    const before = await tx.channel.findFirst({ where: { id: channelId, teamId }, include: { recipients: true } });
    if (!before) throw new AppError('not_found', 'no such channel');
    const former = readSettings(before.settings);
    const settings = { ...former, ...settingsIn(change) };
    await requireOwnProjects(tx, teamId, settings);
    const isRevived = isEnabled === true || address !== undefined;
    await tx.channel.update({
      where: { id: channelId },
      data: {
        ...(name !== undefined && { name }),
        ...(isEnabled !== undefined && { isEnabled }),
        ...(mutedUntil !== undefined && { mutedUntil: mutedUntil && new Date(mutedUntil) }),
        ...(address !== undefined && { address: sealedAddress ?? null, shownAddress: shownAddress(address) }),
        settings: settings as unknown as Prisma.InputJsonObject,
        ...(isRevived && {
          status: 'active',
          problem: null,
          problemStatus: null,
          failingSince: null,
          disabledAt: null,
        }),
        // A week that was told is not told again because another day was chosen.
        ...(isOtherWeek(former, settings) && { weeklyAt: new Date() }),
      },
    });
    const added = emails ? await replaceRecipients(tx, { teamId, channelId, emails }) : [];
    const sides = changedSides(
      {
        name: before.name,
        isEnabled: before.isEnabled,
        mutedUntil: before.mutedUntil?.toISOString() ?? null,
        address: before.shownAddress,
        emails: before.recipients.map(({ email }) => email).sort(),
        ...former,
      },
      {
        ...(name !== undefined && { name }),
        ...(isEnabled !== undefined && { isEnabled }),
        ...(mutedUntil !== undefined && { mutedUntil: mutedUntil && new Date(mutedUntil).toISOString() }),
        ...(address !== undefined && { address: shownAddress(address) }),
        ...(emails && { emails: [...new Set(emails)].sort() }),
        ...settingsIn(change),
      },
    );
    if (address !== undefined || Object.keys(sides.after).length > 0) {
      await recordChange(tx, ctx, { action: 'channel.changed', teamId, target: channelId, ...sides });
    }
    return added;
  });
  await sendConfirmations(ctx, channelId, letters);
  return getChannel(ctx, teamId, channelId);
}

export async function deleteChannel(ctx: Context, teamId: string, channelId: string): Promise<void> {
  requirePermission(ctx, teamId, 'channel.manage');
  await db().$transaction(async (tx) => {
    await holdTeam(tx, ctx, teamId, 'channel.manage');
    const channel = await tx.channel.findFirst({
      where: { id: channelId, teamId },
      select: { name: true, kind: true },
    });
    if (!channel) throw new AppError('not_found', 'no such channel');
    await tx.channel.delete({ where: { id: channelId } });
    await tx.notice.deleteMany({ where: { teamId, items: { none: {} } } });
    await recordChange(tx, ctx, { action: 'channel.deleted', teamId, target: channelId, before: channel });
  });
}

/** A new signing secret; the former one signs beside it for a day. */
export async function rotateChannelSecret(ctx: Context, teamId: string, channelId: string): Promise<ChannelSecret> {
  const { kind } = await requireChannel(ctx, teamId, channelId);
  if (kind !== 'webhook') {
    throw new AppError('unprocessable', 'only webhooks are signed', { details: { reason: 'not_signed' } });
  }
  const secret = newWebhookSecret();
  const row = { teamId, rowId: channelId };
  const now = new Date();
  const previousUntil = new Date(now.getTime() + GRACE_MS);
  const sealed = await seal('channels.secret', row, secret);
  await db().$transaction(async (tx) => {
    await holdTeam(tx, ctx, teamId, 'channel.manage');
    await tx.$queryRaw`select id from channels where id = ${channelId}::uuid for no key update`;
    const before = await tx.channel.findFirst({
      where: { id: channelId, teamId },
      select: { secret: true, name: true },
    });
    if (!before?.secret) throw new AppError('not_found', 'no such channel');
    const former = await unseal('channels.secret', row, before.secret);
    await tx.channel.update({
      where: { id: channelId },
      data: {
        secret: sealed,
        previousSecret: await seal('channels.previous_secret', row, former),
        previousUntil,
        rotatedAt: now,
      },
    });
    await recordChange(tx, ctx, { action: 'channel.rotated', teamId, target: channelId, after: { name: before.name } });
  });
  return { secret, previousSecretUntil: previousUntil.toISOString() };
}

function requireTarget({ kind, address, emails }: ChannelRequest): void {
  requireFit(kind, { address, emails });
  if (kind === 'email' && !emails?.length) throw missing('emails');
  if (kind !== 'email' && address === undefined) throw missing('address');
}

function requireFit(
  kind: string,
  { address, emails }: { address?: string | undefined; emails?: string[] | undefined },
) {
  if (kind === 'email') {
    if (address !== undefined) throw unfit('address', 'a channel of e-mail has none');
    if (emails && emails.length > 0 && !isMailSetUp()) {
      throw new AppError('unprocessable', 'SMTP_URL and MAIL_FROM are not set', { details: { reason: 'no_mail' } });
    }
  } else if (emails !== undefined && emails.length > 0) throw unfit('emails', 'only channels of e-mail have them');
}

function missing(field: string): AppError {
  return unfit(field, 'is missing');
}

function unfit(field: string, problem: string): AppError {
  return new AppError('invalid_request', `${field}: ${problem}`, { details: { fields: [{ field, problem }] } });
}

/** A project of another team is as one that does not exist. */
async function requireOwnProjects(tx: Tx, teamId: string, { projectIds }: ChannelSettings): Promise<void> {
  const ids = [...new Set(projectIds)];
  if ((await tx.project.count({ where: { id: { in: ids }, teamId } })) === ids.length) return;
  throw unfit('projectIds', 'no such project in the team');
}

function isOtherWeek(before: ChannelSettings, after: ChannelSettings): boolean {
  const of = ({ weekly, timeZone, events }: ChannelSettings) => [weekly, timeZone, events.includes('weekly_digest')];
  return JSON.stringify(of(before)) !== JSON.stringify(of(after));
}

function changedSides(former: Record<string, unknown>, next: Record<string, unknown>) {
  const changed = Object.keys(next).filter((name) => JSON.stringify(former[name]) !== JSON.stringify(next[name]));
  const pick = (side: Record<string, unknown>) => Object.fromEntries(changed.map((name) => [name, side[name]]));
  return { before: pick(former), after: pick(next) };
}
