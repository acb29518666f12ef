import { UNKNOWN_ADDRESS } from '@/lib/auth/client-address';
import type { Context } from '@/lib/auth/context';
import { requireScope } from '@/lib/auth/permissions';
import { endSession, endSessionsOf } from '@/lib/auth/sessions';
import { asPerson } from '@/lib/auth/tenants';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { SessionList } from '@/lib/schemas/users';

/** Browsers that are signed in as the asker, the one last used first. */
export async function listOwnSessions(ctx: Context): Promise<SessionList> {
  const userId = requireAsker(ctx);
  const rows = await asPerson(userId, () =>
    db().session.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      orderBy: [{ lastSeenAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }],
      take: 200,
    }),
  );
  return {
    items: rows.map(({ id, browser, address, createdAt, lastSeenAt, expiresAt }) => ({
      sessionId: id,
      browser,
      address: address === UNKNOWN_ADDRESS ? null : address,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
      expiresAt: expiresAt.toISOString(),
      isCurrent: id === ctx.sessionId,
    })),
  };
}

export async function endOwnSession(ctx: Context, sessionId: string): Promise<void> {
  const userId = requireAsker(ctx);
  const own = await asPerson(userId, () => db().session.count({ where: { id: sessionId, userId } }));
  if (own === 0) throw new AppError('not_found', 'no such session');
  await endSession(sessionId);
}

/** Ends every session of the asker, this one included. */
export async function endSessions(ctx: Context): Promise<void> {
  await endSessionsOf(requireAsker(ctx));
}

/** Ends every session of the asker but the one they ask with. */
export async function endOtherSessions(ctx: Context): Promise<void> {
  await endSessionsOf(requireAsker(ctx), ctx.sessionId);
}

function requireAsker(ctx: Context): string {
  requireScope(ctx, 'admin');
  if (!ctx.userId) throw new AppError('unauthenticated', 'no one is signed in');
  return ctx.userId;
}
