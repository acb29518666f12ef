import { AppError } from '@/lib/errors';
import type { Context } from './context';

export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** The least role that may do it. Services, API and screens read this one table. */
const LEAST_ROLE = {
  'project.read': 'viewer',
  'project.create': 'member',
  'project.manage': 'admin',
  'audit.run': 'member',
  'audit.cancel': 'member',
  'finding.triage': 'member',
  'share.manage': 'member',
  'team.read': 'viewer',
  'team.manage': 'admin',
  'team.delete': 'owner',
  'member.manage': 'admin',
  'password.reset': 'owner',
  'token.manage': 'admin',
  'policy.manage': 'admin',
  'channel.manage': 'admin',
  'connection.manage': 'admin',
  'log.read': 'admin',
  /** Of the team that owns the installation, about the installation itself. */
  'instance.manage': 'owner',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;

/** What a token must be allowed besides its person's role. */
const SCOPE: Record<Permission, Scope> = {
  'project.read': 'read',
  'project.create': 'write',
  'project.manage': 'admin',
  'audit.run': 'write',
  'audit.cancel': 'write',
  'finding.triage': 'write',
  'share.manage': 'write',
  'team.read': 'read',
  'team.manage': 'admin',
  'team.delete': 'admin',
  'member.manage': 'admin',
  'password.reset': 'admin',
  'token.manage': 'admin',
  'policy.manage': 'admin',
  'channel.manage': 'admin',
  'connection.manage': 'admin',
  'log.read': 'admin',
  'instance.manage': 'admin',
};

export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export function hasPermission(ctx: Context, teamId: string, permission: Permission): boolean {
  const role = ctx.roleIn(teamId);
  if (!role || (ctx.scopes && !ctx.scopes.includes(SCOPE[permission]))) return false;
  return isAtLeast(role, LEAST_ROLE[permission]);
}

/** Roles that may do it, for whoever asks about somebody who is not the asker. */
export function rolesWith(permission: Permission): Role[] {
  return ROLES.filter((role) => isAtLeast(role, LEAST_ROLE[permission]));
}

/** Whether one role may do all that the other may. */
export function isAtLeast(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(other);
}

/** Throws `not_found` for a team the asker is not in, so that its existence stays hidden; `forbidden` for a lesser role. */
export function requirePermission(ctx: Context, teamId: string, permission: Permission): void {
  const role = ctx.roleIn(teamId);
  if (!role) throw new AppError('not_found', 'no such team for the asker');
  const scope = SCOPE[permission];
  if (isAtLeast(role, LEAST_ROLE[permission]) && ctx.scopes && !ctx.scopes.includes(scope)) {
    throw forbiddenIn(teamId, `this takes the scope ${scope}`, { permission, scope });
  }
  if (!hasPermission(ctx, teamId, permission)) {
    throw forbiddenIn(teamId, `${permission} takes the role ${LEAST_ROLE[permission]}`, {
      permission,
      leastRole: LEAST_ROLE[permission],
    });
  }
}

const teamsOfRefusals = new WeakMap<object, string>();

/** A refusal to somebody who is in the team, which reads it in its log. */
export function forbiddenIn(
  teamId: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): AppError {
  const error = new AppError('forbidden', message, { details });
  teamsOfRefusals.set(error, teamId);
  return error;
}

/** The team that refused; null when it was none, or not for want of a permission. */
export function teamOfRefusal(ctx: Context, error: AppError): string | null {
  const teamId = teamsOfRefusals.get(error);
  if (teamId !== undefined) return teamId;
  // A token belongs to one team, whatever it lacks.
  const [only, ...others] = ctx.teamIds;
  return error.code === 'forbidden' && ctx.scopes && only !== undefined && others.length === 0 ? only : null;
}

/** Teams in which the asker may do it: the one named, refused as by `requirePermission`, else all. */
export function visibleTeams(ctx: Context, permission: Permission, teamId?: string): readonly string[] {
  if (teamId) {
    requirePermission(ctx, teamId, permission);
    return [teamId];
  }
  requireScope(ctx, SCOPE[permission]);
  return ctx.teamIds.filter((id) => hasPermission(ctx, id, permission));
}

/** A token does no more than its scopes say; a signed-in person has them all. */
export function requireScope(ctx: Context, scope: Scope): void {
  if (!ctx.scopes || ctx.scopes.includes(scope)) return;
  throw new AppError('forbidden', `this takes the scope ${scope}`, { details: { scope } });
}
