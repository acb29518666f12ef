import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { cleanText } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import type { ProviderRepository } from '@/lib/git/providers/provider';
import type { HostRepositoryFilter, HostRepositoryPage, OwnerPage } from '@/lib/schemas/connections';
import { openConnection } from './connection-clients';
import { requireConnection } from './connections';
import { checkCloneUrl } from './host-address';

/** Pages of the host that one request reads to find what is asked for. */
const MOST_PAGES = 5;
const ENOUGH = 50;
const LONGEST = 500;

/** Whose repositories a connection may list. */
export async function listHostOwners(
  ctx: Context,
  teamId: string,
  connectionId: string,
  cursor: string | undefined,
): Promise<OwnerPage> {
  requirePermission(ctx, teamId, 'project.create');
  const { client, provider } = await openConnection(await requireConnection(teamId, connectionId));
  const page = await provider.repositories.listOwners(client, cursor === undefined ? {} : { cursor });
  return {
    ...page,
    items: page.items.map(({ path, name, kind }) => ({ path: plain(path), name: plain(name), kind })),
  };
}

/** Repositories of an owner that fit, as far as a few pages of the host have them; a page may be empty and not the last. */
export async function listHostRepositories(
  ctx: Context,
  teamId: string,
  connectionId: string,
  owner: string,
  { cursor, search, archived = false, forks = false }: HostRepositoryFilter,
): Promise<HostRepositoryPage> {
  requirePermission(ctx, teamId, 'project.create');
  const connection = await requireConnection(teamId, connectionId);
  const { client, provider } = await openConnection(connection);
  const wanted = search?.trim().toLowerCase() ?? '';
  const fits = ({ path, isArchived, isFork }: ProviderRepository) =>
    (archived || !isArchived) && (forks || !isFork) && path.toLowerCase().includes(wanted);
  const found: ProviderRepository[] = [];
  let next = cursor ?? null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await provider.repositories.list(client, owner, next === null ? {} : { cursor: next });
    found.push(...page.items.filter(fits));
    next = page.nextCursor;
    if (next === null || found.length >= ENOUGH) break;
  }
  const registered = await findRegistered(teamId, connection.provider, connection.baseUrl, found);
  return {
    items: found.map((row) => ({
      path: plain(row.path),
      isPrivate: row.isPrivate,
      isArchived: row.isArchived,
      isFork: row.isFork,
      isEmpty: row.defaultBranch === null,
      sizeBytes: row.sizeBytes,
      pushedAt: row.pushedAt?.toISOString() ?? null,
      project: registered(row),
    })),
    nextCursor: next,
  };
}

/** Projects of the team by what the host calls their repository, or by its address. */
async function findRegistered(
  teamId: string,
  provider: string,
  baseUrl: string,
  rows: readonly ProviderRepository[],
): Promise<(row: ProviderRepository) => { projectId: string; projectName: string } | null> {
  const keys = new Map(rows.map((row) => [row.id, keyOf(row, baseUrl)]));
  const projects = await db().project.findMany({
    where: {
      teamId,
      OR: [
        { canonicalKey: { in: [...keys.values()].flatMap((key) => key ?? []) } },
        { provider, providerRepositoryId: { in: rows.map(({ id }) => id) }, repositoryUrl: { startsWith: baseUrl } },
      ],
    },
    select: { id: true, name: true, canonicalKey: true, providerRepositoryId: true },
  });
  return ({ id }) => {
    const project = projects.find((one) => one.canonicalKey === keys.get(id) || one.providerRepositoryId === id);
    return project ? { projectId: project.id, projectName: project.name } : null;
  };
}

function keyOf({ cloneUrl }: ProviderRepository, baseUrl: string): string | null {
  try {
    return checkCloneUrl(cloneUrl, baseUrl).key;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

function plain(text: string): string {
  return cleanText(text).slice(0, LONGEST);
}
