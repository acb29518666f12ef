import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import type { Connection } from '@/lib/db/generated/client';
import { isAppError } from '@/lib/errors';
import type { ImportOutcome, ProjectImport, ProjectsImported } from '@/lib/schemas/connections';
import { requireConnection } from './connections';
import { lookAtPath } from './host-repository';
import { addProject } from './project-creation';
import { inTime } from './repository-lookup';

/** What was not reached until then is for the same request, sent again. */
const TIME_MS = 60_000;
const AT_ONCE = 3;

/** Registers repositories of a connection one by one; the same request again goes on where this one stopped. */
export async function importProjects(
  ctx: Context,
  teamId: string,
  { connectionId, repositories }: ProjectImport,
): Promise<ProjectsImported> {
  requirePermission(ctx, teamId, 'project.create');
  const connection = await requireConnection(teamId, connectionId);
  const paths = [...new Set(repositories)];
  const outcomes = new Map<string, ImportOutcome>();
  const until = Date.now() + TIME_MS;
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const isLate = Date.now() > until;
      outcomes.set(path, isLate ? ended(path, 'not_reached') : await importOne(ctx, teamId, connection, path));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { items: paths.map((path) => outcomes.get(path) ?? ended(path, 'not_reached')) };
}

async function importOne(ctx: Context, teamId: string, connection: Connection, path: string): Promise<ImportOutcome> {
  try {
    const found = await inTime(teamId, (signal) => lookAtPath(connection, path, undefined, signal));
    const { projectId } = await addProject(ctx, teamId, found);
    return ended(path, 'created', { projectId });
  } catch (error) {
    if (!isAppError(error) || error.code === 'internal') throw error;
    const known = error.code === 'conflict' ? error.details?.projectId : undefined;
    if (typeof known === 'string') return ended(path, 'exists', { projectId: known });
    ctx.log.info({ err: error, path }, 'a repository was not imported');
    return ended(path, 'refused', { code: error.code });
  }
}

function ended(
  path: string,
  outcome: ImportOutcome['outcome'],
  { projectId = null, code = null }: { projectId?: string | null; code?: string | null } = {},
): ImportOutcome {
  return { path, outcome, projectId, code };
}
