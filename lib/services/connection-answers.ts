import { cleanText } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import type { Connection } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import { getInstallation, missingPermissions } from '@/lib/git/providers/github/app';
import type { Account } from '@/lib/git/providers/provider';
import { providerOf } from '@/lib/git/providers/registry';
import { LONGEST_NAME } from '@/lib/schemas/teams';
import { openConnection } from './connection-clients';
import { lostBy } from './connection-status';
import { appKeysOf } from './installation-tokens';
import { clientAs } from './provider-clients';

const MOST_SCOPES = 100;

/** What the host says of a connection now, whatever it said before. Throws when the host cannot be asked. */
export async function askHost(connection: Connection) {
  const asked = { ...connection, status: 'connected' };
  try {
    const facts = connection.kind === 'app' ? await askInstallation(asked) : await askAccount(asked);
    return { ...facts, status: 'connected' as const };
  } catch (error) {
    const status = isAppError(error) ? lostBy(error.code) : undefined;
    if (!status || !isAppError(error)) throw error;
    return { status, problem: error.code };
  }
}

async function askAccount(connection: Connection) {
  const { client, provider } = await openConnection(connection);
  return factsOf(connection.provider, await provider.repositories.whoAmI(client));
}

async function askInstallation(connection: Connection) {
  const app = await db().providerApp.findFirstOrThrow({ where: { id: connection.appId ?? '' } });
  const client = clientAs(app.id, app, null);
  const installation = await getInstallation(client, await appKeysOf(app), connection.installationId ?? '').catch(
    (error: unknown) => {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
      throw new AppError('provider_suspended', 'the App is not installed there any more', { cause: error });
    },
  );
  if (installation.isSuspended) throw new AppError('provider_suspended', 'the installation is suspended');
  const { account, permissions } = installation;
  const problem = missingPermissions(permissions).length > 0 ? 'provider_scope_missing' : null;
  return { account, scopes: permissions.slice(0, MOST_SCOPES), expiresAt: null, problem };
}

/** As rows keep it; names are of the host's choosing. */
export function factsOf(provider: string, { login, scopes, expiresAt }: Account) {
  const missing = scopes ? providerOf(provider).scopes.missing(scopes) : [];
  return {
    account: cleanText(login).slice(0, LONGEST_NAME),
    scopes: (scopes ?? []).slice(0, MOST_SCOPES).map((scope) => cleanText(scope).slice(0, LONGEST_NAME)),
    expiresAt,
    problem: missing.length > 0 ? 'provider_scope_missing' : null,
    checkedAt: new Date(),
  };
}
