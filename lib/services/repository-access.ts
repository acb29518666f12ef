import { AppError, isAppError } from '@/lib/errors';
import type { GitAccess } from '@/lib/git/remote-options';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { type OpenConnection, openConnectionOf } from './connection-clients';
import { lostBy } from './connection-status';
import { withSsh } from './ssh-access';

/** Which repository, and with whose right it is read. */
export interface RepositorySource {
  teamId: string;
  repositoryUrl: string;
  /** Null: as anybody. */
  connectionId: string | null;
}

/** Whose mirror it is: what was read with a right of somebody is kept for them. Null: anybody's. */
export function readerOf({ teamId, repositoryUrl, connectionId }: RepositorySource): string | null {
  return repositoryUrl.startsWith('ssh://') ? `ssh ${teamId}` : connectionId;
}

/** What Git is given besides the address. Throws `provider_…` where the connection is of no use. */
export async function withAccess<Value>(
  { teamId, connectionId }: Pick<RepositorySource, 'teamId' | 'connectionId'>,
  url: RepositoryUrl,
  signal: AbortSignal,
  run: (access: GitAccess) => Promise<Value>,
): Promise<Value> {
  if (url.kind === 'ssh') return withSsh(url, { teamId, key: { ofProject: url.key } }, signal, run);
  if (connectionId === null) return run({});
  const open = await openConnectionOf(connectionId);
  requireSameHost(open, url);
  try {
    return await run({ authorization: open.authorization });
  } catch (error) {
    if (isAppError(error) && NOT_READABLE.has(error.code)) await askWhetherLost(open);
    throw error;
  }
}

/** What Git says of a repository that is gone, or hidden from who asks. */
export const NOT_READABLE: ReadonlySet<string> = new Set(['repository_auth_required', 'repository_not_found']);

/** Git tells no reason: the API says whether the credential is void, which is then noted and thrown. */
async function askWhetherLost({ client, provider }: OpenConnection): Promise<void> {
  try {
    await provider.repositories.whoAmI(client);
  } catch (error) {
    if (isAppError(error) && lostBy(error.code)) throw error;
  }
}

/** A credential is shown to its own host alone, over http as it is kept or over https. */
export function requireSameHost(
  { connection: { baseUrl } }: Pick<OpenConnection, 'connection'>,
  url: RepositoryUrl,
): void {
  const isWeb = url.kind === 'https' || url.kind === 'http';
  if (isWeb && new URL(url.url).origin === new URL(baseUrl).origin) return;
  throw new AppError('repository_address_refused', 'the connection is for another host', {
    details: { problem: 'other_host' },
  });
}
