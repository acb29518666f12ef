import type { Context } from '@/lib/auth/context';
import { type Permission, type Role, requirePermission } from '@/lib/auth/permissions';
import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

/** Few enough to be listed whole. */
const MAX_MEMBERS = 1000;

export interface HeldTeam {
  /** The asker's role as it is now, not as it was when the request came. */
  actor: Role;
  roles: ReadonlyMap<string, Role>;
}

/** Who is in the team, held to the end of the transaction: whatever changes it waits its turn. */
export async function holdMembers(tx: Tx, teamId: string): Promise<ReadonlyMap<string, Role>> {
  await tx.$queryRaw`select id from teams where id = ${teamId}::uuid for no key update`;
  const rows = await tx.membership.findMany({ where: { teamId }, select: { userId: true, role: true } });
  return new Map(rows.map(({ userId, role }) => [userId, role]));
}

/** Like `holdMembers`, for somebody who may; asked again because a role may have been lowered since the request came. */
export async function holdTeam(tx: Tx, ctx: Context, teamId: string, permission: Permission): Promise<HeldTeam> {
  const roles = await holdMembers(tx, teamId);
  const actor = ctx.userId ? (roles.get(ctx.userId) ?? null) : null;
  requirePermission({ ...ctx, roleIn: (id) => (id === teamId ? actor : null) }, teamId, permission);
  if (!actor) throw new AppError('not_found', 'no such team for the asker');
  return { actor, roles };
}

export function requireRoom(roles: ReadonlyMap<string, Role>): void {
  if (roles.size < MAX_MEMBERS) return;
  throw new AppError('unprocessable', 'the team is full', { details: { reason: 'limit', limit: MAX_MEMBERS } });
}

/** The team must keep somebody who may do everything. */
export function requireOtherOwner(roles: ReadonlyMap<string, Role>, userId: string): void {
  const hasOther = [...roles].some(([id, role]) => id !== userId && role === 'owner');
  if (hasOther || roles.get(userId) !== 'owner') return;
  throw new AppError('conflict', 'a team keeps at least one owner', { details: { reason: 'last_owner' } });
}
