import type { Context } from '@/lib/auth/context';
import { isAtLeast, type Role, requirePermission } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { chooseLanguage } from '@/lib/i18n/language';
import type { InvitationCreated, InvitationList, InvitationRequest, InvitationView } from '@/lib/schemas/invitations';
import { recordChange } from './change-log';
import { mailInvitation } from './invitation-mail';
import { requireRank } from './members';
import { holdTeam, requireRoom } from './team-members';

const LIFETIME_MS = 7 * 24 * 3600_000;
/** Open at one time, so that they can be listed whole. */
const MAX_OPEN = 200;

const made = createRateLimiter(200, 3600_000);

const SHOWN = {
  id: true,
  email: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  invitedBy: { select: { name: true } },
} as const;

const MADE = {
  ...SHOWN,
  invitedBy: { select: { name: true, language: true } },
  team: { select: { name: true } },
} as const;

/** Invitations that were neither accepted nor revoked, those that have expired too; newest first. */
export async function listInvitations(ctx: Context, teamId: string): Promise<InvitationList> {
  requirePermission(ctx, teamId, 'member.manage');
  const rows = await db().invitation.findMany({
    where: { teamId, acceptedAt: null, revokedAt: null },
    select: SHOWN,
    orderBy: { createdAt: 'desc' },
  });
  return { items: rows.map(toInvitationView) };
}

/**
 * Invites an address with a role not above the asker's own, by mail too when that is set up. An open invitation of the same
 * address ends.
 */
export async function createInvitation(
  ctx: Context,
  teamId: string,
  request: InvitationRequest,
): Promise<InvitationCreated> {
  requirePermission(ctx, teamId, 'member.manage');
  made.take(teamId);
  const { role } = request;
  const email = request.email.toLowerCase();
  const value = createLinkValue();
  const row = await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, 'member.manage');
    requireRank(teamId, actor, role);
    requireRoom(roles);
    if ((await tx.membership.count({ where: { teamId, user: { email } } })) > 0) {
      throw new AppError('conflict', 'this person is a member already', { details: { reason: 'member' } });
    }
    const open = { teamId, acceptedAt: null, revokedAt: null };
    const replaced = await tx.invitation.findFirst({ where: { ...open, email }, select: { role: true } });
    if (replaced) requireRank(teamId, actor, replaced.role);
    await tx.invitation.updateMany({ where: { ...open, email }, data: { revokedAt: new Date() } });
    if ((await tx.invitation.count({ where: open })) >= MAX_OPEN) {
      throw new AppError('unprocessable', 'too many open invitations', {
        details: { reason: 'limit', limit: MAX_OPEN },
      });
    }
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    const parts = { teamId, email, role, tokenHash: hashSecret(value), invitedById: ctx.userId ?? '', expiresAt };
    const created = await tx.invitation.create({ data: parts, select: MADE });
    await recordChange(tx, ctx, {
      action: 'invitation.created',
      teamId,
      target: created.id,
      after: { email, role },
    });
    return created;
  });
  const link = `${env().PUBLIC_URL}/invite/${value}`;
  const mailed = await mailInvitation(ctx, {
    to: email,
    language: request.language ?? chooseLanguage(row.invitedBy.language ?? undefined, null),
    teamName: row.team.name,
    inviter: row.invitedBy.name,
    role,
    link,
  });
  // Who reads the mail of the address shows so that it is theirs: nobody else is told the link.
  return { ...toInvitationView(row), link: mailed === null ? link : null, mailed };
}

export async function revokeInvitation(ctx: Context, teamId: string, invitationId: string): Promise<void> {
  requirePermission(ctx, teamId, 'member.manage');
  await db().$transaction(async (tx) => {
    const { actor } = await holdTeam(tx, ctx, teamId, 'member.manage');
    const open = { id: invitationId, teamId, acceptedAt: null, revokedAt: null };
    const known = await tx.invitation.findFirst({ where: open, select: { role: true } });
    if (known) requireRank(teamId, actor, known.role);
    const [row] = await tx.invitation.updateManyAndReturn({
      where: open,
      data: { revokedAt: new Date() },
    });
    if (!row) throw new AppError('not_found', 'no such invitation');
    const before = { email: row.email, role: row.role };
    await recordChange(tx, ctx, { action: 'invitation.revoked', teamId, target: invitationId, before });
  });
}

/** Whether somebody of this role may still ask somebody in with that one. */
export function canInvite(inviter: Role | undefined, role: Role): boolean {
  return inviter !== undefined && isAtLeast(inviter, 'admin') && isAtLeast(inviter, role);
}

interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
  invitedBy: { name: string };
}

function toInvitationView({ id, email, role, createdAt, expiresAt, invitedBy }: InvitationRow): InvitationView {
  return {
    invitationId: id,
    email,
    role,
    invitedBy: invitedBy.name,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
