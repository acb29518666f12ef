import type { Connection } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import type { ProviderRepository } from '@/lib/git/providers/provider';
import { findProvider } from '@/lib/git/providers/registry';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { type OpenConnection, openConnection } from './connection-clients';
import { checkCloneUrl } from './host-address';
import { MAX_MIRROR_BYTES } from './repositories';
import { type Analysis, analyseRepository } from './repository-analysis';

/** A repository as it is registered, and what was found in it. */
export interface FoundRepository {
  /** As it is fetched from now on. */
  url: RepositoryUrl;
  analysis: Analysis;
  connection: Connection | null;
  provider: string | null;
  providerRepositoryId: string | null;
  providerPath: string | null;
  isArchived: boolean;
}

/** Looks at a repository with a connection: first by the host's API, which tells exactly what is wrong, then with Git. */
export async function lookThrough(
  connection: Connection,
  url: RepositoryUrl,
  branch: string | undefined,
  signal: AbortSignal,
): Promise<FoundRepository> {
  const found = findProvider(url, [connection]);
  const path = found?.connections.includes(connection) ? found.path : null;
  if (path === null) {
    throw new AppError('repository_address_refused', 'the connection is for another host', {
      details: { problem: 'other_host' },
    });
  }
  return lookAtPath(connection, path, branch, signal);
}

export async function lookAtPath(
  connection: Connection,
  path: string,
  branch: string | undefined,
  signal: AbortSignal,
): Promise<FoundRepository> {
  const open = await openConnection(connection);
  const repository = await open.provider.repositories.get(open.client, path).catch((error: unknown) => {
    throw explained(open, error);
  });
  const url = checkCloneUrl(repository.cloneUrl, connection.baseUrl);
  if (repository.sizeBytes !== null && repository.sizeBytes > MAX_MIRROR_BYTES) {
    throw new AppError('repository_too_large', `the host says it has ${repository.sizeBytes} bytes`);
  }
  if (repository.defaultBranch === null) throw new AppError('repository_empty', 'the host says it has no commit');
  const analysis = await analyseRepository(url, branch, signal, { authorization: open.authorization }).catch(
    (error: unknown) => {
      throw explainedGit(open, error);
    },
  );
  return { url, analysis, connection, ...factsOf(open, repository) };
}

function factsOf({ provider }: OpenConnection, repository: ProviderRepository) {
  const { id, path, isArchived } = repository;
  return { provider: provider.id, providerRepositoryId: id, providerPath: path, isArchived };
}

/** Hosts hide what a token may not see: one that lacks a scope hears which. */
function explained({ connection, provider }: OpenConnection, error: unknown): unknown {
  if (!isAppError(error) || error.code !== 'provider_not_found' || connection.kind !== 'token') return error;
  if (connection.problem !== 'provider_scope_missing') return error;
  const needed = provider.scopes.missing(connection.scopes);
  return needed.length > 0 ? scopeMissing(needed, error) : error;
}

/** The API took the credential, and Git does not. */
function explainedGit({ provider }: OpenConnection, error: unknown): unknown {
  if (!isAppError(error) || error.code !== 'repository_auth_required') return error;
  return scopeMissing([provider.scopes.code], error);
}

function scopeMissing(needed: readonly string[], cause: AppError): AppError {
  return new AppError('provider_scope_missing', `the token lacks ${needed.join(', ')}`, { cause, details: { needed } });
}
