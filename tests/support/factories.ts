import { randomUUID } from 'node:crypto';
import { type Context, createContext } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { logger } from '@/lib/logger';

export interface TestTeam {
  teamId: string;
  /** Who asks, in this role of the team. */
  as: (role: Role) => Context;
}

/** A team of the test's own. */
export async function createTeam(policy?: object): Promise<TestTeam> {
  const { id: teamId } = await db().team.create({ data: { name: 'Team', ...(policy && { policy }) } });
  return {
    teamId,
    as: (role) =>
      createContext({ userId: null, roles: new Map([[teamId, role]]), requestId: randomUUID(), log: logger() }),
  };
}

/** A registered repository; without a path, one that nothing reads. */
export async function createProject(
  { teamId }: Pick<TestTeam, 'teamId'>,
  { path = '/nowhere', branch = 'main' }: { path?: string; branch?: string } = {},
): Promise<string> {
  const { id } = await db().project.create({
    data: { teamId, name: 'Project', repositoryUrl: path, canonicalKey: `${path}#${randomUUID()}`, branch },
  });
  return id;
}
