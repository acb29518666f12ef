import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { Connection } from '@/lib/db/generated/client';
import { isAppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import { enqueue } from '@/lib/queues/enqueue';
import { askHost } from './connection-answers';
import { forgetConnection, type OpenConnection, openConnectionOf } from './connection-clients';
import { noteAnswer } from './connection-status';
import { NOT_READABLE } from './repository-access';

/** Pages of repositories of one account; of what stands on later ones each is asked for by itself. */
const MOST_PAGES = 50;

/**
 * Has the connection of an installation read anew when its host tells that something changed. What is told may be old or come
 * twice, so that only the host's answer counts. False when nobody connected the installation.
 */
export async function requestInstallationRead(
  { appId, installationId }: { appId: string; installationId: string },
  deliveryId: string,
): Promise<boolean> {
  const connection = await db().connection.findFirst({ where: { appId, installationId }, select: { id: true } });
  if (!connection) return false;
  const { id: connectionId } = connection;
  const told = createHash('sha256').update(deliveryId).digest('hex').slice(0, 16);
  const jobId = `installation.${connectionId}.${told}`;
  await db().$transaction((tx) => enqueue(tx, 'installation.read', { connectionId }, { jobId }));
  return true;
}

/** Asks the host how an installation stands: whether it may be used, what it may do, and which repositories it holds. */
export async function readInstallation(connectionId: string, signal: AbortSignal, log: Logger): Promise<void> {
  const connection = await db().connection.findFirst({ where: { id: connectionId } });
  if (connection?.kind !== 'app') return log.info('the connection is gone');
  // A token from before knows of none of it.
  forgetConnection(connectionId);
  const askedAt = new Date();
  const answer = await askHost(connection);
  await noteAnswer(connectionId, answer, askedAt);
  log.info({ connectionId, status: answer.status }, 'installation read');
  if (answer.status === 'connected') await followRepositories(connection, signal);
}

/** Projects whose repository was taken out of the installation cannot be read; those whose repository is back can. */
async function followRepositories({ id: connectionId, account }: Connection, signal: AbortSignal): Promise<void> {
  const projects = await db().project.findMany({
    where: { connectionId, providerPath: { not: null } },
    select: { id: true, providerRepositoryId: true, providerPath: true, accessProblem: true },
  });
  if (projects.length === 0) return;
  const open = await openConnectionOf(connectionId);
  const held = await listHeld(open, account ?? '', signal);
  const isHeld = ({ providerRepositoryId: id, providerPath: path }: (typeof projects)[number]) =>
    id === null ? held.paths.has((path ?? '').toLowerCase()) : held.ids.has(id);
  const back = projects.filter(isHeld).map(({ id }) => id);
  await db().project.updateMany({
    where: { id: { in: back }, connectionId, accessProblem: { in: [...NOT_READABLE] } },
    data: { accessProblem: null },
  });
  for (const project of projects) {
    signal.throwIfAborted();
    // What anybody may read is read without being part of the installation.
    if (project.accessProblem !== null || isHeld(project) || (await canSee(open, project.providerPath ?? ''))) continue;
    await db().project.updateMany({
      where: { id: project.id, connectionId, accessProblem: null },
      data: { accessProblem: 'repository_not_found' },
    });
  }
}

async function listHeld({ client, provider }: OpenConnection, account: string, signal: AbortSignal) {
  const held = { ids: new Set<string>(), paths: new Set<string>() };
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    signal.throwIfAborted();
    const listed: Awaited<ReturnType<typeof provider.repositories.list>> = await provider.repositories.list(
      client,
      account,
      cursor === null ? {} : { cursor },
    );
    for (const { id, path } of listed.items) {
      held.ids.add(id);
      held.paths.add(path.toLowerCase());
    }
    cursor = listed.nextCursor;
    if (cursor === null) break;
  }
  return held;
}

async function canSee({ client, provider }: OpenConnection, path: string): Promise<boolean> {
  try {
    await provider.repositories.get(client, path);
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === 'provider_not_found') return false;
    throw error;
  }
}
