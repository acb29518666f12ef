import { randomUUID } from 'node:crypto';
import type { Context } from '@/lib/auth/context';
import { forgetIdentities } from '@/lib/auth/identity';
import { forbiddenIn, isAtLeast, type Role, requirePermission, requireScope } from '@/lib/auth/permissions';
import { db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { MemberChange, MemberList, MemberView, ServiceAccountRequest } from '@/lib/schemas/teams';
import { recordChange } from './change-log';
import { applyChanges } from './finding-changes';
import { announceFindings } from './finding-events';
import { holdTeam, requireOtherOwner, requireRoom } from './team-members';

const MEMBER = {
  role: true,
  createdAt: true,
  user: { select: { id: true, name: true, email: true, serviceTeamId: true } },
} as const;

interface MemberRow {
  role: Role;
  createdAt: Date;
  user: { id: string; name: string; email: string; serviceTeamId: string | null };
}

/** All people and service accounts of the team, by name. */
export async function listMembers(ctx: Context, teamId: string): Promise<MemberList> {
  requirePermission(ctx, teamId, 'team.read');
  const rows = await db().membership.findMany({
    where: { teamId },
    select: MEMBER,
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  });
  return { items: rows.map((row) => toMemberView(ctx, row)) };
}

/** Gives a member another role: none above one's own, and to nobody who stands above. */
export async function changeMember(
  ctx: Context,
  teamId: string,
  userId: string,
  { role }: MemberChange,
): Promise<MemberView> {
  requirePermission(ctx, teamId, 'member.manage');
  const changed = await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, 'member.manage');
    const before = requireMember(roles, userId);
    requireRank(teamId, actor, before);
    requireRank(teamId, actor, role);
    const key = { userId_teamId: { userId, teamId } };
    const row = await tx.membership.findUniqueOrThrow({ where: key, select: MEMBER });
    if (before === role) return row;
    if (row.user.serviceTeamId && role === 'owner') {
      throw new AppError('unprocessable', 'a service account cannot own a team', { details: { reason: 'service' } });
    }
    requireOtherOwner(roles, userId);
    const updated = await tx.membership.update({ where: key, data: { role }, select: MEMBER });
    if (before === 'owner') await endPasswordLinks(tx, teamId);
    if (!isAtLeast(role, 'member')) await endShareLinks(tx, teamId, userId);
    const change = { before: { role: before }, after: { role } };
    await recordChange(tx, ctx, { action: 'member.changed', teamId, target: userId, ...change });
    return updated;
  });
  forgetIdentities();
  return toMemberView(ctx, changed);
}

/** Takes a member out, or lets the asker leave. Their tokens, open invitations and findings of this team end with it. */
export async function removeMember(ctx: Context, teamId: string, userId: string): Promise<void> {
  const isLeaving = userId === ctx.userId;
  const permission = isLeaving ? 'team.read' : 'member.manage';
  requirePermission(ctx, teamId, permission);
  if (isLeaving) requireScope(ctx, 'admin');
  const touched = await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, permission);
    const role = requireMember(roles, userId);
    requireRank(teamId, actor, role);
    requireOtherOwner(roles, userId);
    const now = new Date();
    await tx.membership.delete({ where: { userId_teamId: { userId, teamId } } });
    await tx.apiToken.updateMany({ where: { userId, teamId, revokedAt: null }, data: { revokedAt: now } });
    await tx.invitation.updateMany({
      where: { invitedById: userId, teamId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    if (role === 'owner') await endPasswordLinks(tx, teamId);
    await endShareLinks(tx, teamId, userId);
    const unassigned = await unassign(tx, ctx, teamId, userId);
    const action = isLeaving ? 'member.left' : 'member.removed';
    const detail = { unassigned: unassigned.length };
    await recordChange(tx, ctx, { action, teamId, target: userId, before: { role }, detail });
    return [...new Set(unassigned)];
  });
  forgetIdentities();
  await announceFindings(
    ctx,
    touched.map((projectId) => ({ teamId, projectId })),
  );
}

/** An account for machines: it is in this team alone, has tokens and no password. */
export async function createServiceAccount(
  ctx: Context,
  teamId: string,
  { name, role }: ServiceAccountRequest,
): Promise<MemberView> {
  requirePermission(ctx, teamId, 'member.manage');
  const row = await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, 'member.manage');
    requireRank(teamId, actor, role);
    requireRoom(roles);
    // Accounts are told apart by their address; .invalid can be nobody's.
    const email = `${randomUUID()}@service.invalid`;
    const { id: userId } = await tx.user.create({ data: { email, name, serviceTeamId: teamId } });
    const membership = await tx.membership.create({ data: { userId, teamId, role }, select: MEMBER });
    await recordChange(tx, ctx, {
      action: 'service_account.created',
      teamId,
      target: userId,
      after: { name, role },
    });
    return membership;
  });
  return toMemberView(ctx, row);
}

/** What was theirs to mend is nobody's now; gives the project of each finding. */
async function unassign(tx: Tx, ctx: Context, teamId: string, userId: string): Promise<string[]> {
  const theirs = await tx.finding.findMany({
    where: { assigneeId: userId, project: { teamId } },
    select: { id: true, projectId: true },
  });
  if (theirs.length === 0) return [];
  const projectIds = [...new Set(theirs.map(({ projectId }) => projectId))];
  const wanted = theirs.map(({ id }) => ({ findingId: id, assigneeId: null }));
  const { changed } = await applyChanges(tx, ctx.userId, projectIds, wanted);
  return changed.map(({ projectId }) => projectId);
}

/** Only owners make them; one that is an owner no more may hold some. */
async function endPasswordLinks(tx: Tx, teamId: string): Promise<void> {
  await tx.passwordReset.deleteMany({ where: { teamId, usedAt: null } });
}

/** What somebody shared goes with the right to share, and does not come back with it. */
async function endShareLinks(tx: Tx, teamId: string, userId: string): Promise<void> {
  await tx.shareLink.updateMany({
    where: { createdById: userId, project: { teamId }, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}

function requireMember(roles: ReadonlyMap<string, Role>, userId: string): Role {
  const role = roles.get(userId);
  if (!role) throw new AppError('not_found', 'no such member');
  return role;
}

/** Nobody changes somebody above them, nor gives a role above their own. */
export function requireRank(teamId: string, actor: Role, role: Role): void {
  if (isAtLeast(actor, role)) return;
  throw forbiddenIn(teamId, `this takes the role ${role}`, { leastRole: role });
}

function toMemberView(ctx: Context, { role, createdAt, user }: MemberRow): MemberView {
  const isService = user.serviceTeamId !== null;
  return {
    userId: user.id,
    name: user.name,
    email: isService ? null : user.email,
    kind: isService ? 'service' : 'person',
    role,
    joinedAt: createdAt.toISOString(),
    isYou: user.id === ctx.userId,
  };
}
