import type { Context } from '@/lib/auth/context';
import { listIdentityProviders } from '@/lib/auth/identity-providers';
import { asPerson } from '@/lib/auth/tenants';
import { db, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { IdentityList, ProviderView } from '@/lib/schemas/identities';
import { recordChange } from './change-log';
import { requirePerson } from './person';

/** Ways to sign in besides a password, for buttons. */
export function listProviders(): ProviderView[] {
  return listIdentityProviders().map(({ id, name }) => ({ id, name }));
}

/** What the asker connected with their account, and what else there is. */
export async function listIdentities(ctx: Context): Promise<IdentityList> {
  const userId = requirePerson(ctx);
  const user = await asPerson(userId, () =>
    db().user.findFirstOrThrow({
      where: { id: userId },
      select: { passwordHash: true, identities: { orderBy: { createdAt: 'asc' } } },
    }),
  );
  const providers = listIdentityProviders();
  return {
    items: user.identities.map(({ id, provider, label, createdAt }) => ({
      identityId: id,
      provider: providers.find(({ issuer }) => issuer === provider)?.name ?? provider,
      label,
      connectedAt: createdAt.toISOString(),
    })),
    providers: listProviders(),
    hasPassword: user.passwordHash !== null,
  };
}

/** Nobody takes away the last way into their own account. */
export async function disconnectIdentity(ctx: Context, identityId: string): Promise<void> {
  const userId = requirePerson(ctx);
  const take = async (tx: Tx) => {
    // Two at once must not each leave the other one.
    await tx.$queryRaw`select id from users where id = ${userId}::uuid for no key update`;
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { identities: true } });
    const identity = user.identities.find(({ id }) => id === identityId);
    if (!identity) throw new AppError('not_found', 'no such identity');
    if (user.passwordHash === null && user.identities.length === 1) {
      throw new AppError('conflict', 'it is the only way to sign in', { details: { reason: 'last_way' } });
    }
    await tx.identity.delete({ where: { id: identityId } });
    const before = { provider: identity.provider, label: identity.label };
    await recordChange(tx, ctx, { action: 'identity.disconnected', teamId: null, target: identityId, before });
  };
  await asPerson(userId, () => db().$transaction(take));
}
