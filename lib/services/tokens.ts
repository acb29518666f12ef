import type { Context } from '@/lib/auth/context';
import { forgetIdentities } from '@/lib/auth/identity';
import { forbiddenIn, isAtLeast, type Role, requirePermission, type Scope } from '@/lib/auth/permissions';
import { createTokenValue, hashSecret, startOfToken } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { TokenCreated, TokenList, TokenRequest, TokenView } from '@/lib/schemas/tokens';
import { recordChange } from './change-log';
import { requireRank } from './members';
import { holdTeam } from './team-members';

const DAY_MS = 24 * 3600_000;
/** Of a team at one time, so that they can be listed whole. */
const MAX_LIVE = 500;

/** The role without which a scope would be worth nothing. */
const ROLE_OF_SCOPE: Record<Scope, Role> = { read: 'viewer', write: 'member', admin: 'admin' };

const SHOWN = {
  id: true,
  name: true,
  start: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  user: { select: { id: true, name: true, serviceTeamId: true } },
} as const;

/** Expired tokens are told so long: what still sends one can be found. */
const TOLD_AFTER_MS = 90 * DAY_MS;
const MOST_LISTED = 2 * MAX_LIVE;

/** Tokens of the team that were not revoked, nor expired long ago, newest first. Their values are known to nobody. */
export async function listTokens(ctx: Context, teamId: string): Promise<TokenList> {
  requirePermission(ctx, teamId, 'token.manage');
  const rows = await db().apiToken.findMany({
    where: {
      teamId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(Date.now() - TOLD_AFTER_MS) } }],
    },
    select: SHOWN,
    // Live ones first: they are among those listed, whatever number has expired.
    orderBy: [{ expiresAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    take: MOST_LISTED,
  });
  rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return { items: rows.map((row) => toTokenView(ctx, row)) };
}

/** A token for the asker or for a service account of the team, which may do no more than either. */
export async function createToken(ctx: Context, teamId: string, request: TokenRequest): Promise<TokenCreated> {
  requirePermission(ctx, teamId, 'token.manage');
  const value = createTokenValue();
  const row = await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, 'token.manage');
    const userId = request.serviceAccountId ?? ctx.userId ?? '';
    const role = roles.get(userId);
    if (!role) throw new AppError('not_found', 'no such service account');
    if (request.serviceAccountId) {
      const { serviceTeamId } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
      if (!serviceTeamId) throw new AppError('not_found', 'no such service account');
      requireRank(teamId, actor, role);
    }
    const scopes = [...new Set(request.scopes)];
    for (const scope of scopes) requireScopeFor(ctx, teamId, role, scope);
    const live = { teamId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
    if ((await tx.apiToken.count({ where: live })) >= MAX_LIVE) {
      throw new AppError('unprocessable', 'too many tokens', { details: { reason: 'limit', limit: MAX_LIVE } });
    }
    const { name, expiresInDays } = request;
    const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS);
    const secret = { tokenHash: hashSecret(value), start: startOfToken(value) };
    const created = await tx.apiToken.create({
      data: { userId, teamId, name, scopes, expiresAt, ...secret },
      select: SHOWN,
    });
    const after = { name, scopes, expiresAt, holder: userId };
    await recordChange(tx, ctx, { action: 'token.created', teamId, target: created.id, after });
    return created;
  });
  return { ...toTokenView(ctx, row), value };
}

/** The token is worth nothing from now on; in other processes within seconds. Not of somebody who stands above the asker. */
export async function revokeToken(ctx: Context, teamId: string, tokenId: string): Promise<void> {
  requirePermission(ctx, teamId, 'token.manage');
  await db().$transaction(async (tx) => {
    const { actor, roles } = await holdTeam(tx, ctx, teamId, 'token.manage');
    const token = await tx.apiToken.findFirst({ where: { id: tokenId, teamId }, select: { userId: true } });
    const role = token && roles.get(token.userId);
    if (role) requireRank(teamId, actor, role);
    const [row] = await tx.apiToken.updateManyAndReturn({
      where: { id: tokenId, teamId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (!row) throw new AppError('not_found', 'no such token');
    const before = { name: row.name, scopes: row.scopes, holder: row.userId };
    await recordChange(tx, ctx, { action: 'token.revoked', teamId, target: tokenId, before });
  });
  forgetIdentities();
}

/** Neither beyond the holder's role nor beyond what the asker's own token may do. */
function requireScopeFor(ctx: Context, teamId: string, role: Role, scope: Scope): void {
  if (isAtLeast(role, ROLE_OF_SCOPE[scope]) && (!ctx.scopes || ctx.scopes.includes(scope))) return;
  throw forbiddenIn(teamId, `the scope ${scope} takes the role ${ROLE_OF_SCOPE[scope]}`, {
    scope,
    leastRole: ROLE_OF_SCOPE[scope],
  });
}

interface TokenRow {
  id: string;
  name: string;
  start: string | null;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  user: { id: string; name: string; serviceTeamId: string | null };
}

function toTokenView(
  ctx: Context,
  { id, user, scopes, createdAt, expiresAt, lastUsedAt, ...row }: TokenRow,
): TokenView {
  return {
    tokenId: id,
    name: row.name,
    start: row.start,
    scopes: scopes as Scope[],
    holder: {
      userId: user.id,
      name: user.name,
      kind: user.serviceTeamId ? 'service' : 'person',
      isYou: user.id === ctx.userId,
    },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    isExpired: expiresAt !== null && expiresAt <= new Date(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
