import { requireUnbreached } from '@/lib/auth/breached-passwords';
import type { Context } from '@/lib/auth/context';
import { forgetIdentities } from '@/lib/auth/identity';
import { hashPassword, verifyPassword } from '@/lib/auth/passwords';
import { requirePermission } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { deleteSessions } from '@/lib/auth/sessions';
import { asPerson, asSystem } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type {
  OpenPasswordReset,
  PasswordChange,
  PasswordResetCreated,
  PasswordResetRequest,
} from '@/lib/schemas/users';
import { recordChange } from './change-log';
import { createLinkGuard } from './link-guard';
import { requirePerson } from './person';
import { holdTeam } from './team-members';

const LINK_LIFETIME_MS = 24 * 3600_000;

const wrongPasswords = createRateLimiter(10, 15 * 60_000);
const guard = createLinkGuard();

/** Takes the old password, and ends the person's other sessions and open links. */
export async function changePassword(ctx: Context, request: PasswordChange): Promise<void> {
  const userId = requirePerson(ctx);
  wrongPasswords.check(userId);
  const { passwordHash: known } = await asPerson(userId, () => db().user.findFirstOrThrow({ where: { id: userId } }));
  if (!(await verifyPassword(known, request.currentPassword))) {
    wrongPasswords.count(userId);
    throw new AppError('unprocessable', 'the current password is wrong', {
      details: { reason: 'wrong', fields: [{ field: 'currentPassword', problem: 'wrong' }] },
    });
  }
  wrongPasswords.reset(userId);
  await requireUnbreached(request.newPassword);
  const passwordHash = await hashPassword(request.newPassword);
  await asSystem(() =>
    db().$transaction(async (tx) => {
      // Two changes at once: the second one's old password is no longer the one.
      const { count } = await tx.user.updateMany({
        where: { id: userId, passwordHash: known },
        data: { passwordHash },
      });
      if (count === 0) throw new AppError('conflict', 'the password was changed meanwhile');
      await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } });
      const endedSessions = await deleteSessions(tx, userId, ctx.sessionId);
      await recordChange(tx, ctx, {
        action: 'password.changed',
        teamId: null,
        target: userId,
        detail: { endedSessions },
      });
    }),
  );
  forgetIdentities();
}

/**
 * A one-time link for a member to choose a new password. Only for a person of this team alone: who could set the
 * password of somebody in two teams would reach into the other one.
 */
export async function createPasswordReset(ctx: Context, teamId: string, userId: string): Promise<PasswordResetCreated> {
  requirePermission(ctx, teamId, 'password.reset');
  return asSystem(() =>
    db().$transaction(async (tx) => {
      const { roles } = await holdTeam(tx, ctx, teamId, 'password.reset');
      if (!roles.has(userId)) throw new AppError('not_found', 'no such member');
      const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { memberships: true } });
      const isOwn = user.memberships.length === 1 && user.passwordHash !== null && userId !== ctx.userId;
      // One answer for all reasons: which other teams somebody is in is not told.
      if (!isOwn) {
        throw new AppError('unprocessable', 'no link can be made for this member', { details: { reason: 'not_own' } });
      }
      return issueReset(tx, ctx, { userId, teamId });
    }),
  );
}

/**
 * For whoever runs the server, who vouches for the person: a link for anybody, also for who has signed in by a provider
 * alone so far and gets a password by it. Null when no person has the address.
 */
export function createPasswordResetFor(email: string): Promise<PasswordResetCreated | null> {
  return db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
    if (!user || user.serviceTeamId) return null;
    return issueReset(tx, { userId: null, address: null }, { userId: user.id, teamId: null });
  });
}

/**
 * For somebody who forgot theirs and is not signed in: a link for nobody's eyes but those of the mailbox. Null when nobody who
 * signs in with a password has the address. Anybody may ask, so links that were made before stay good.
 */
export function createOwnPasswordReset(client: string | null, email: string) {
  return asSystem(() =>
    db().$transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } });
      if (!user?.passwordHash || user.serviceTeamId) return null;
      const { link } = await addReset(tx, { userId: null, address: client }, { userId: user.id, teamId: null });
      return { link, to: user.email, language: user.language };
    }),
  );
}

async function issueReset(
  tx: Tx,
  by: Pick<Context, 'userId' | 'address'>,
  whose: { userId: string; teamId: string | null },
): Promise<PasswordResetCreated> {
  await tx.passwordReset.deleteMany({ where: { userId: whose.userId, usedAt: null } });
  return addReset(tx, by, whose);
}

async function addReset(
  tx: Tx,
  by: Pick<Context, 'userId' | 'address'>,
  { userId, teamId }: { userId: string; teamId: string | null },
): Promise<PasswordResetCreated> {
  const value = createLinkValue();
  const expiresAt = new Date(Date.now() + LINK_LIFETIME_MS);
  await tx.passwordReset.create({ data: { userId, teamId, tokenHash: hashSecret(value), expiresAt } });
  await recordChange(tx, by, { action: 'password_reset.created', teamId, target: userId });
  return { link: `${env().PUBLIC_URL}/reset/${value}`, expiresAt: expiresAt.toISOString() };
}

/** What the holder of a link sees. */
export function getPasswordReset(address: string | null, token: string): Promise<OpenPasswordReset> {
  return asSystem(() =>
    guard(address, async () => {
      const { user, expiresAt } = await db().$transaction((tx) => findLive(tx, token));
      return { email: user.email, expiresAt: expiresAt.toISOString() };
    }),
  );
}

/** Sets the password, once, and ends all sessions, other open links and other ways to sign in of the person. */
export async function resetPassword(
  address: string | null,
  token: string,
  { password }: PasswordResetRequest,
): Promise<void> {
  await asSystem(() =>
    guard(address, async () => {
      // Before the password is hashed, which is slow on purpose.
      await db().$transaction((tx) => findLive(tx, token));
      await requireUnbreached(password);
      const passwordHash = await hashPassword(password);
      await db().$transaction(async (tx) => {
        const { id, userId, teamId } = await findLive(tx, token);
        // Holds the person, so that two of their links used at once take turns.
        await tx.user.update({ where: { id: userId }, data: { passwordHash } });
        const { count } = await tx.passwordReset.updateMany({
          where: { id, usedAt: null },
          data: { usedAt: new Date() },
        });
        if (count === 0) throw noLink();
        await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } });
        const endedSessions = await deleteSessions(tx, userId);
        // Whoever had the account before may have connected their own.
        const { count: endedIdentities } = await tx.identity.deleteMany({ where: { userId } });
        const detail = { endedSessions, endedIdentities };
        await recordChange(tx, { userId, address }, { action: 'password.reset', teamId, target: userId, detail });
      });
    }),
  );
  forgetIdentities();
}

async function findLive(tx: Tx, token: string) {
  const row = await tx.passwordReset.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { user: { include: { memberships: true } } },
  });
  if (!row || row.usedAt || row.expiresAt <= new Date()) throw noLink();
  const { teamId, user } = row;
  // Who has joined another team since then is no longer one team's to reset.
  if (teamId !== null && user.memberships.some((membership) => membership.teamId !== teamId)) throw noLink();
  return row;
}

function noLink(): AppError {
  return new AppError('gone', 'the link is unknown, used or expired');
}
