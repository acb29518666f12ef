import { db } from '@/lib/db/client';
import { AppError, isAppError } from '@/lib/errors';
import { findProvider } from '@/lib/git/providers/registry';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { requireConnection } from './connections';
import { takeGitTurn } from './git-turn';
import { type FoundRepository, lookThrough } from './host-repository';
import { analyseRepository } from './repository-analysis';
import { withSsh } from './ssh-access';
import { requireWaitingKey } from './ssh-keys';

const TIMEOUT_MS = 25_000;
/** Accounts at one host that are tried for an address that not everybody may read. */
const MOST_TRIED = 3;

interface Wish {
  branch?: string | undefined;
  /** Without one, as anybody; where that is refused, with the team's connections to the host. */
  connectionId?: string | undefined;
  /** Over ssh: a key that waits for its project. */
  sshKeyId?: string | undefined;
}

/** Looks at what is to be registered. Throws the exact `repository_…` or `provider_…` reason when it cannot be read. */
export function lookAtRepository(teamId: string, url: RepositoryUrl, wish: Wish): Promise<FoundRepository> {
  return inTime(teamId, (signal) => look(teamId, url, wish, signal));
}

/** Runs what asks hosts and Git for a registration, in its turn and no longer than people wait. */
export async function inTime<Value>(teamId: string, run: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await takeGitTurn(teamId, () => run(signal), signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new AppError('repository_timeout', 'the repository could not be looked at in time', { cause });
  }
}

/** What a host says of a repository that it shows to some. */
export function isAccessProblem(error: unknown): error is AppError {
  return isAppError(error) && /^(?:repository|provider|outgoing)_/.test(error.code);
}

async function look(
  teamId: string,
  url: RepositoryUrl,
  { branch, connectionId, sshKeyId }: Wish,
  signal: AbortSignal,
): Promise<FoundRepository> {
  // Also where the address takes none: a key that is not there is never passed over.
  if (sshKeyId !== undefined) await requireWaitingKey(teamId, sshKeyId);
  if (connectionId !== undefined) {
    return lookThrough(await requireConnection(teamId, connectionId), url, branch, signal);
  }
  const connections = await db().connection.findMany({ where: { teamId }, orderBy: { status: 'asc' } });
  const host = findProvider(url, connections);
  try {
    const reader = { teamId, key: sshKeyId ? { sshKeyId } : null };
    const analysis = await withSsh(url, reader, signal, (access) => analyseRepository(url, branch, signal, access));
    return {
      ...{ url, analysis, connection: null, providerRepositoryId: null, isArchived: false },
      ...{ provider: host?.provider.id ?? null, providerPath: host?.path ?? null },
    };
  } catch (error) {
    let told = error;
    // A key was made for this very address: what it hears is the answer.
    if (sshKeyId || !isClosed(error, url)) throw error;
    for (const connection of host?.connections.slice(0, MOST_TRIED) ?? []) {
      try {
        return await lookThrough(connection, url, branch, signal);
      } catch (refusal) {
        if (!isAccessProblem(refusal)) throw refusal;
        // What the first account hears says most.
        if (told === error) told = refusal;
      }
    }
    throw told;
  }
}

const SSH_CLOSED = new Set(['repository_host_key_unknown', 'repository_unreachable', 'ssh_missing']);

/** Refused as anybody, where an account may be let in. */
function isClosed(error: unknown, { kind }: RepositoryUrl): boolean {
  if (!isAppError(error)) return false;
  const isRefused = error.code === 'repository_auth_required' || error.code === 'repository_not_found';
  return isRefused || (kind === 'ssh' && SSH_CLOSED.has(error.code));
}
