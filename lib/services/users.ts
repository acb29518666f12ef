import type * as z from 'zod';
import { requireUnbreached } from '@/lib/auth/breached-passwords';
import { limitKeyOf } from '@/lib/auth/client-address';
import type { Context } from '@/lib/auth/context';
import { hashPassword } from '@/lib/auth/passwords';
import { requireScope } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { hashSecret } from '@/lib/auth/secrets';
import { asPerson, asSystem } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { TOKEN_SCOPES } from '@/lib/schemas/tokens';
import type { MeView, PreferencesRequest, SetupRequest, SetupResponse } from '@/lib/schemas/users';
import { recordChange } from './change-log';
import { registerFor } from './register-at-start';

/** Fewer than a person needs who mistypes, and too few to spend our time on passwords. */
const setupTries = createRateLimiter(20, 15 * 60_000);

/** Makes the first owner and team. The link works once and only while nobody exists. */
export async function createFirstOwner(request: SetupRequest, address: string): Promise<z.infer<typeof SetupResponse>> {
  setupTries.take(limitKeyOf(address));
  return asSystem(() => makeFirstOwner(request, address));
}

async function makeFirstOwner(request: SetupRequest, address: string): Promise<z.infer<typeof SetupResponse>> {
  const live = { tokenHash: hashSecret(request.token), usedAt: null, expiresAt: { gt: new Date() } };
  // Before the password is hashed, which is slow on purpose.
  if ((await db().setupLink.count({ where: live })) === 0) throw noLink();
  await requireUnbreached(request.password);
  const passwordHash = await hashPassword(request.password);
  const { repositoryUrl, ...owner } = await db().$transaction(async (tx) => {
    await lockBootstrap(tx);
    const [link] = await tx.setupLink.updateManyAndReturn({ where: live, data: { usedAt: new Date() } });
    if (!link) throw noLink();
    if ((await tx.user.count()) > 0) throw new AppError('gone', 'the first owner exists already');
    return { ...(await createOwner(tx, { ...request, passwordHash, address })), repositoryUrl: link.repositoryUrl };
  });
  return { ...owner, projectId: repositoryUrl ? await registerPending(owner, repositoryUrl) : null };
}

function noLink(): AppError {
  return new AppError('gone', 'the set-up link is unknown, used or expired');
}

/** Held to the end of the transaction: two starts or sign-ups at once must not make two first owners. */
export async function lockBootstrap(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('elder.bootstrap'))`;
}

/** The account stands whatever becomes of the repository: its page to register says what is wrong. */
async function registerPending(owner: { userId: string; teamId: string }, repositoryUrl: string) {
  try {
    return await registerFor(owner, repositoryUrl);
  } catch (err) {
    logger().warn({ err }, 'the repository named at start could not be registered');
    return null;
  }
}

interface OwnerParts {
  email: string;
  name: string;
  teamName: string;
  passwordHash: string;
  language?: string | undefined;
  address?: string | null;
}

export async function createOwner(
  tx: Tx,
  { email, name, teamName, passwordHash, language, address = null }: OwnerParts,
): Promise<{ userId: string; teamId: string }> {
  const team = await tx.team.create({ data: { name: teamName } });
  const user = await tx.user.create({
    data: {
      email: email.trim().toLowerCase(),
      name,
      passwordHash,
      language: language ?? null,
      memberships: { create: { teamId: team.id, role: 'owner' } },
    },
  });
  await tx.instance.updateMany({ where: { ownerTeamId: null }, data: { ownerTeamId: team.id } });
  const by = { userId: user.id, address };
  await recordChange(tx, by, { action: 'team.created', teamId: team.id, target: team.id, after: { name: teamName } });
  return { userId: user.id, teamId: team.id };
}

export async function getMe(ctx: Context): Promise<MeView> {
  const id = requireUser(ctx);
  const user = await asPerson(id, () =>
    db().user.findFirstOrThrow({
      where: { id },
      include: { memberships: { include: { team: true }, orderBy: { createdAt: 'asc' } } },
    }),
  );
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    language: user.language as MeView['language'],
    theme: user.theme as MeView['theme'],
    teams: user.memberships
      .filter(({ teamId }) => ctx.teamIds.includes(teamId))
      .map(({ team, role }) => ({ teamId: team.id, teamName: team.name, role })),
    token: await findOwnToken(ctx),
  };
}

async function findOwnToken({ tokenId, teamIds }: Context): Promise<MeView['token']> {
  if (tokenId === null) return null;
  const token = await db().apiToken.findFirst({
    where: { id: tokenId, teamId: { in: [...teamIds] } },
    select: { name: true, scopes: true, expiresAt: true },
  });
  if (!token) return null;
  const { name, scopes, expiresAt } = token;
  return {
    name,
    scopes: TOKEN_SCOPES.filter((scope) => scopes.includes(scope)),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

export async function updatePreferences(ctx: Context, preferences: PreferencesRequest): Promise<MeView> {
  requireScope(ctx, 'admin');
  const { name, language, theme } = preferences;
  const id = requireUser(ctx);
  const save = async (tx: Tx) => {
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: { name: true } });
    const data = { ...(name && { name }), ...(language && { language }), ...(theme && { theme }) };
    await tx.user.update({ where: { id }, data });
    if (!name || name === before.name) return;
    await recordChange(tx, ctx, { action: 'person.renamed', teamId: null, target: id, before, after: { name } });
  };
  await asPerson(id, () => db().$transaction(save));
  return getMe(ctx);
}

function requireUser(ctx: Context): string {
  if (!ctx.userId) throw new AppError('unauthenticated', 'no one is signed in');
  return ctx.userId;
}
