import { LRUCache } from 'lru-cache';
import { db } from '@/lib/db/client';
import { type Context, createContext } from './context';
import type { Credential } from './credential';
import type { Role, Scope } from './permissions';
import { asSystem } from './tenants';

/** How long a removed role, an ended session or a revoked token may still work in another process. */
const TTL_MS = 3000;
/** Finer than anybody reads; a write for every read of a busy token would cost more than the reads. */
const USED_GRAIN_MS = 60_000;

export interface Identity {
  /** Who is counted in the limits: the token, or the person over all their sessions. */
  limitKey: string;
  userId: string;
  /** null for a token. */
  sessionId: string | null;
  /** null for a session. */
  tokenId: string | null;
  roles: ReadonlyMap<string, Role>;
  scopes: readonly Scope[] | null;
}

// Next.js loads server code in several bundles: what one of them forgets, all forget.
const shared = globalThis as typeof globalThis & { elderIdentities?: LRUCache<string, Promise<Identity | null>> };

function cache(): LRUCache<string, Promise<Identity | null>> {
  shared.elderIdentities ??= new LRUCache({ max: 10_000, ttl: TTL_MS });
  return shared.elderIdentities;
}

/** Who holds the credential; null when it is unknown, over or withdrawn. */
export function findIdentity(credential: Credential): Promise<Identity | null> {
  const known = cache().get(credential.key);
  if (known) return known;
  const loading = asSystem(() => loadIdentities([credential])).then((found) => found.get(credential.key) ?? null);
  cache().set(credential.key, loading);
  loading.catch(() => cache().delete(credential.key));
  return loading;
}

/** As the database has them now, by the credential's key. Those without an identity are missing. */
export async function loadIdentities(credentials: readonly Credential[]): Promise<Map<string, Identity>> {
  const idsOf = (kind: Credential['kind']) => credentials.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const [sessions, tokens] = await Promise.all([loadSessions(idsOf('session')), loadTokens(idsOf('token'))]);
  return new Map([...sessions, ...tokens]);
}

export function contextOf(identity: Identity | null, request: Pick<Context, 'requestId' | 'address' | 'log'>): Context {
  if (!identity) return createContext({ userId: null, roles: new Map(), ...request });
  const { userId, sessionId, tokenId, roles, scopes } = identity;
  return createContext({ userId, sessionId, tokenId, roles, scopes, ...request });
}

/** After a change of roles, sessions or tokens in this process; other processes follow within seconds. */
export function forgetIdentities(): void {
  cache().clear();
}

async function loadSessions(ids: readonly string[]): Promise<[string, Identity][]> {
  if (ids.length === 0) return [];
  const now = new Date();
  const rows = await db().session.findMany({
    where: { id: { in: [...ids] }, expiresAt: { gt: now } },
    select: {
      id: true,
      userId: true,
      lastSeenAt: true,
      user: { select: { memberships: { select: { teamId: true, role: true } } } },
    },
  });
  const stale = rows.filter(({ lastSeenAt }) => isStale(lastSeenAt, now));
  if (stale.length > 0) {
    await db().session.updateMany({ where: { id: { in: stale.map(({ id }) => id) } }, data: { lastSeenAt: now } });
  }
  return rows.map(({ id, userId, user }) => {
    const roles = new Map(user.memberships.map(({ teamId, role }) => [teamId, role]));
    return [`session:${id}`, { limitKey: `user:${userId}`, userId, sessionId: id, tokenId: null, roles, scopes: null }];
  });
}

async function loadTokens(hashes: readonly string[]): Promise<[string, Identity][]> {
  if (hashes.length === 0) return [];
  const now = new Date();
  const rows = await db().apiToken.findMany({
    where: { tokenHash: { in: [...hashes] }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    include: { user: { select: { memberships: { select: { teamId: true, role: true } } } } },
  });
  const stale = rows.filter(({ lastUsedAt }) => isStale(lastUsedAt, now));
  if (stale.length > 0) {
    await db().apiToken.updateMany({ where: { id: { in: stale.map(({ id }) => id) } }, data: { lastUsedAt: now } });
  }
  return rows.flatMap(({ id, userId, teamId, tokenHash, scopes, user }): [string, Identity][] => {
    const role = user.memberships.find((membership) => membership.teamId === teamId)?.role;
    if (!role) return [];
    const roles = new Map([[teamId, role]]);
    const limitKey = `token:${id}`;
    return [
      [`token:${tokenHash}`, { limitKey, userId, sessionId: null, tokenId: id, roles, scopes: scopes as Scope[] }],
    ];
  });
}

function isStale(usedAt: Date | null, now: Date): boolean {
  return !usedAt || now.getTime() - usedAt.getTime() > USED_GRAIN_MS;
}
