import { db, type Tx } from '@/lib/db/client';
import { forgetIdentities } from './identity';
import { appendLogEntry } from './log-chain';
import { asPerson, asSystem } from './tenants';

/** A session ends then, however busy it is. */
export const SESSION_MAX_AGE_SECONDS = 7 * 24 * 3600;

/** What a session says about the browser that began it. */
interface SessionPlace {
  address: string | null;
  browser: string | null;
}

/** The id that the browser's cookie will carry. */
export async function createSession(
  tx: Tx,
  userId: string,
  place: SessionPlace = { address: null, browser: null },
): Promise<string> {
  const now = Date.now();
  await tx.session.deleteMany({ where: { userId, expiresAt: { lte: new Date(now) } } });
  const expiresAt = new Date(now + SESSION_MAX_AGE_SECONDS * 1000);
  const { id } = await tx.session.create({ data: { userId, expiresAt, lastSeenAt: new Date(now), ...place } });
  return id;
}

/** The cookie is worth nothing from now on. An ended session stays ended. */
export async function endSession(sessionId: string): Promise<void> {
  // Whose it is says the session.
  await asSystem(() =>
    db().$transaction(async (tx) => {
      const session = await tx.session.findUnique({ where: { id: sessionId }, select: { userId: true } });
      if (!session) return;
      const { count } = await tx.session.deleteMany({ where: { id: sessionId } });
      if (count > 0) await logEnd(tx, session.userId);
    }),
  );
  forgetIdentities();
}

/** All of the person's, but for the one that is kept. */
export async function endSessionsOf(userId: string, keptId: string | null = null): Promise<void> {
  await asPerson(userId, () =>
    db().$transaction(async (tx) => {
      if ((await deleteSessions(tx, userId, keptId)) > 0) await logEnd(tx, userId);
    }),
  );
  forgetIdentities();
}

/** How many ended. The caller writes it down and forgets identities. */
export async function deleteSessions(tx: Tx, userId: string, keptId: string | null = null): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { userId, ...(keptId && { id: { not: keptId } }) } });
  return count;
}

async function logEnd(tx: Tx, actorId: string): Promise<void> {
  await appendLogEntry(tx, { action: 'session.ended', actorId, teamId: null });
}
