import { hashPassword } from '@/lib/auth/passwords';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { createOwner, lockBootstrap } from './users';

const LINK_LIFETIME_MS = 24 * 3600_000;

/**
 * Makes an empty database usable: the owner named by ELDER_INIT_*, else a one-time sign-up link.
 * Returns the link's path when the first owner is still to sign up, null otherwise.
 */
export async function bootstrapInstance(): Promise<{ setupPath: string | null }> {
  const { ELDER_INIT_EMAIL: email, ELDER_INIT_PASSWORD: password, ELDER_INIT_API_TOKEN: apiToken } = env();
  const passwordHash = password ? await hashPassword(password) : null;
  return db().$transaction(async (tx) => {
    await lockBootstrap(tx);
    if ((await tx.user.count()) > 0) return { setupPath: null };
    if (email && passwordHash) {
      // Names that read the same in every language.
      const [name = email, teamName = email] = email.split('@');
      const { userId, teamId } = await createOwner(tx, { email, name, teamName, passwordHash });
      if (apiToken) {
        const scopes = ['read', 'write', 'admin'];
        await tx.apiToken.create({
          data: { userId, teamId, name: 'ELDER_INIT_API_TOKEN', tokenHash: hashSecret(apiToken), scopes },
        });
      }
      return { setupPath: null };
    }
    const value = createLinkValue();
    await tx.setupLink.deleteMany({ where: { usedAt: null } });
    await tx.setupLink.create({
      data: { tokenHash: hashSecret(value), expiresAt: new Date(Date.now() + LINK_LIFETIME_MS) },
    });
    return { setupPath: `/setup?token=${value}` };
  });
}
