import { db } from '@/lib/db/client';
import type { Connection } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import type { Credential, ProviderApi, ProviderClient } from '@/lib/git/providers/provider';
import type { RequestBudget } from '@/lib/git/providers/provider-fetch';
import { providerOf } from '@/lib/git/providers/registry';
import { lostBy, noteRefusal, requireUsable } from './connection-status';
import { forgetInstallationToken, installationToken } from './installation-tokens';
import { clientAs, forgetClient } from './provider-clients';
import { unseal } from './sealed-columns';

export interface OpenConnection {
  connection: Connection;
  provider: ProviderApi;
  client: ProviderClient;
  /** Value of the `Authorization` header with which Git reads over https. */
  authorization: string;
}

/**
 * The host of a connection, asked with its credential. A refusal of the credential is noted, and from then on nothing is
 * asked until somebody checks: `provider_unauthorized`, `provider_token_expired` or `provider_suspended` is thrown at once.
 * `budget` is spent by requests to the API; the token of an installation is asked for besides.
 */
export async function openConnection(
  connection: Connection,
  options: { budget?: RequestBudget } = {},
): Promise<OpenConnection> {
  requireUsable(connection);
  const provider = providerOf(connection.provider);
  const credential = await noting(connection, () => credentialOf(connection));
  const { fetch, ...client } = clientAs(connection.id, connection, credential, options);
  return {
    connection,
    provider,
    client: {
      ...client,
      fetch: (url, request) => noting(connection, () => asked(connection, () => fetch(url, request))),
    },
    authorization: provider.gitAuthorization(credential),
  };
}

/** The same by id; `provider_unauthorized` where it is gone. */
export async function openConnectionOf(
  connectionId: string,
  options: { budget?: RequestBudget } = {},
): Promise<OpenConnection> {
  const connection = await db().connection.findFirst({ where: { id: connectionId } });
  if (!connection) throw new AppError('provider_unauthorized', 'the connection is gone');
  return openConnection(connection, options);
}

async function credentialOf(connection: Connection): Promise<Credential> {
  if (connection.kind === 'app') return { kind: 'installation', token: await installationToken(connection) };
  const { id: rowId, teamId, secret, username } = connection;
  const token = await unseal('connections.secret', { teamId, rowId }, secret ?? '');
  return { kind: 'token', token, ...(username !== null && { username }) };
}

async function noting<Value>(connection: Connection, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    const refusal = isOver(connection, error) ? expired(error) : error;
    if (isAppError(refusal)) await noteRefusal(connection.id, refusal.code);
    throw refusal;
  }
}

/** Hosts that refuse an expired token as any other told its end while they took it. */
function isOver({ expiresAt }: Connection, error: unknown): boolean {
  const isRefused = isAppError(error) && error.code === 'provider_unauthorized';
  return isRefused && expiresAt !== null && expiresAt.getTime() <= Date.now();
}

function expired(cause: unknown): AppError {
  return new AppError('provider_token_expired', 'the end that the host told of the token is past', { cause });
}

/** A token of an installation may be void before its hour is over: whether a new one is given tells what was lost. */
async function asked<Value>({ id, kind }: Connection, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (kind !== 'app' || !isAppError(error) || lostBy(error.code) !== 'reconnect') throw error;
    forgetInstallationToken(id);
    throw new AppError('provider_unavailable', 'the token of the installation is void', { cause: error });
  }
}

/** After a credential was replaced: nothing is known of the new one. */
export function forgetConnection(connectionId: string): void {
  forgetClient(connectionId);
  forgetInstallationToken(connectionId);
}
