import { LRUCache } from 'lru-cache';
import { db } from '@/lib/db/client';
import type { Logger } from '@/lib/logger';
import { type Context, createContext } from './context';
import type { Role, Scope } from './permissions';
import { hashSecret } from './secrets';

/** How long a removed role or revoked token may still work in this process. */
const TTL_MS = 3000;

interface Identity {
  userId: string;
  sessionEpoch: number;
  roles: ReadonlyMap<string, Role>;
  scopes: readonly Scope[] | null;
}

const byUser = new LRUCache<string, Promise<Identity | null>>({ max: 5000, ttl: TTL_MS });
const byToken = new LRUCache<string, Promise<Identity | null>>({ max: 5000, ttl: TTL_MS });

/** The person of a session, null when unknown or when the session was ended. */
export async function identityOfUser(userId: string, sessionEpoch: number): Promise<Identity | null> {
  const identity = await cached(byUser, userId, () => loadUser(userId));
  return identity && identity.sessionEpoch === sessionEpoch ? identity : null;
}

/** The person and team of an API token, null when unknown, expired or revoked. */
export function identityOfToken(value: string): Promise<Identity | null> {
  const tokenHash = hashSecret(value);
  return cached(byToken, tokenHash, () => loadToken(tokenHash));
}

export function contextOf(identity: Identity, requestId: string, log: Logger): Context {
  return createContext({ userId: identity.userId, roles: identity.roles, scopes: identity.scopes, requestId, log });
}

/** After a change of roles in this process; other processes follow within seconds. */
export function forgetIdentities(): void {
  byUser.clear();
  byToken.clear();
}

function cached(
  cache: LRUCache<string, Promise<Identity | null>>,
  key: string,
  load: () => Promise<Identity | null>,
): Promise<Identity | null> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  cache.set(key, loading);
  loading.catch(() => cache.delete(key));
  return loading;
}

async function loadUser(userId: string): Promise<Identity | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { id: true, sessionEpoch: true, memberships: { select: { teamId: true, role: true } } },
  });
  if (!user) return null;
  const roles = new Map(user.memberships.map(({ teamId, role }) => [teamId, role]));
  return { userId: user.id, sessionEpoch: user.sessionEpoch, roles, scopes: null };
}

async function loadToken(tokenHash: string): Promise<Identity | null> {
  const token = await db().apiToken.findUnique({ where: { tokenHash } });
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt.getTime() <= Date.now())) return null;
  const membership = await db().membership.findUnique({
    where: { userId_teamId: { userId: token.userId, teamId: token.teamId } },
  });
  if (!membership) return null;
  await db().apiToken.update({ where: { id: token.id }, data: { lastUsedAt: new Date() } });
  const roles = new Map([[token.teamId, membership.role]]);
  return { userId: token.userId, sessionEpoch: 0, roles, scopes: token.scopes as Scope[] };
}
