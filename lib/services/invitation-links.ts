import { requireUnbreached } from '@/lib/auth/breached-passwords';
import type { Context } from '@/lib/auth/context';
import { forgetIdentities } from '@/lib/auth/identity';
import { hashPassword } from '@/lib/auth/passwords';
import { isAtLeast } from '@/lib/auth/permissions';
import { hashSecret } from '@/lib/auth/secrets';
import { asSystem } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { InvitationAccepted, OpenInvitation, SignUpRequest } from '@/lib/schemas/invitations';
import { recordChange } from './change-log';
import { canInvite } from './invitations';
import { createLinkGuard } from './link-guard';
import { requirePerson } from './person';
import { holdMembers, requireRoom } from './team-members';

const guard = createLinkGuard();

/** What the holder of a link sees. Whether the address has an account is told to nobody: its owner knows. */
export function getInvitation(ctx: Context, token: string): Promise<OpenInvitation> {
  return asSystem(() =>
    guard(ctx.address, async () => {
      const { team, email, role, expiresAt } = await db().$transaction((tx) => findLive(tx, token));
      const user = ctx.userId && (await db().user.findFirst({ where: { id: ctx.userId }, select: { email: true } }));
      const asker = user ? (user.email === email ? 'invited' : 'other') : 'nobody';
      return { teamName: team.name, email, role, expiresAt: expiresAt.toISOString(), asker };
    }),
  );
}

/** Joins the team as the person who is signed in, if it is they who were invited. */
export async function acceptInvitation(ctx: Context, token: string): Promise<InvitationAccepted> {
  const userId = requirePerson(ctx);
  const accepted = await asSystem(() =>
    guard(ctx.address, () =>
      db().$transaction(async (tx) => {
        const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
        return join(tx, ctx, token, async (invitedEmail) => {
          if (user.email === invitedEmail) return userId;
          throw new AppError('forbidden', 'somebody else was invited', { details: { reason: 'other_person' } });
        });
      }),
    ),
  );
  forgetIdentities();
  return accepted;
}

/** Makes an account for the invited address and joins the team with it. */
export async function signUpByInvitation(
  { address, token }: { address: string | null; token: string },
  request: SignUpRequest,
): Promise<InvitationAccepted> {
  return asSystem(() =>
    guard(address, async () => {
      // Before the password is hashed, which is slow on purpose.
      await db().$transaction((tx) => findLive(tx, token));
      await requireUnbreached(request.password);
      const passwordHash = await hashPassword(request.password);
      return db().$transaction((tx) =>
        join(tx, { userId: null, address }, token, (email) => createUser(tx, email, request, passwordHash)),
      );
    }),
  );
}

async function createUser(tx: Tx, email: string, { name, language }: SignUpRequest, passwordHash: string) {
  const data = { email, name, passwordHash, language: language ?? null };
  const [made] = await tx.user.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
  if (made) return made.id;
  throw new AppError('conflict', 'there is an account already', { details: { reason: 'account' } });
}

/** `personOf`: who joins, asked when the invitation is known to be good. */
async function join(
  tx: Tx,
  by: Pick<Context, 'userId' | 'address'>,
  token: string,
  personOf: (email: string) => Promise<string>,
): Promise<InvitationAccepted> {
  const { teamId } = await findLive(tx, token);
  const roles = await holdMembers(tx, teamId);
  // Once more: it may have been used or revoked while this waited its turn.
  const { id, email, role, team, invitedById } = await findLive(tx, token);
  if (!canInvite(roles.get(invitedById), role)) throw noInvitation();
  const userId = await personOf(email);
  await tx.invitation.update({ where: { id }, data: { acceptedAt: new Date() } });
  const before = roles.get(userId);
  const actor = { userId, address: by.address };
  const detail = { invitationId: id };
  if (before && isAtLeast(before, role)) {
    await recordChange(tx, actor, {
      action: 'invitation.used',
      teamId,
      target: userId,
      after: { role: before },
      detail,
    });
    return { teamId, teamName: team.name, role: before };
  }
  if (!before) requireRoom(roles);
  await tx.membership.upsert({
    where: { userId_teamId: { userId, teamId } },
    create: { userId, teamId, role },
    update: { role },
  });
  await recordChange(tx, actor, { action: 'member.joined', teamId, target: userId, after: { role }, detail });
  return { teamId, teamName: team.name, role };
}

async function findLive(tx: Tx, token: string) {
  const row = await tx.invitation.findUnique({
    where: { tokenHash: hashSecret(token) },
    include: { team: { select: { name: true } } },
  });
  const inviter =
    row &&
    (await tx.membership.findUnique({
      where: { userId_teamId: { userId: row.invitedById, teamId: row.teamId } },
      select: { role: true },
    }));
  if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= new Date()) throw noInvitation();
  if (!canInvite(inviter?.role, row.role)) throw noInvitation();
  return row;
}

function noInvitation(): AppError {
  return new AppError('gone', 'the invitation is unknown, used, revoked or expired');
}
