import { db } from '@/lib/db/client';
import { openConnectionOf } from './connection-clients';

interface Archivable {
  id: string;
  connectionId: string | null;
  providerPath: string | null;
  providerRepositoryId: string | null;
  isArchived: boolean;
}

/**
 * Whether nobody can push to a project's repository any more, by its host's API, which is kept. Without a connection, and of
 * another repository that has the path now, what is known stays.
 */
export async function askWhetherArchived(project: Archivable): Promise<boolean> {
  const { id, connectionId, providerPath, providerRepositoryId, isArchived: before } = project;
  if (connectionId === null || providerPath === null) return before;
  const { provider, client } = await openConnectionOf(connectionId);
  const { isArchived, ...repository } = await provider.repositories.get(client, providerPath);
  if (isArchived === before || (providerRepositoryId !== null && repository.id !== providerRepositoryId)) return before;
  await db().project.updateMany({
    where: { id, connectionId, providerPath, isArchived: before },
    data: { isArchived },
  });
  return isArchived;
}
