import type { Context } from '@/lib/auth/context';
import { type Permission, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Project, Team } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { createSharedReads } from './shared-reads';

const shareProject = createSharedReads<(Project & { team: Team }) | null>();

/** The project, for those who may; `not_found` for all others. */
export async function requireProject(ctx: Context, projectId: string, permission: Permission) {
  const project = await shareProject(`${projectId} ${ctx.teamIds}`, () =>
    db().project.findFirst({ where: { id: projectId, teamId: { in: [...ctx.teamIds] } }, include: { team: true } }),
  );
  if (!project) throw new AppError('not_found', 'no such project');
  requirePermission(ctx, project.teamId, permission);
  return project;
}

/** The audit with its project, for those who may see that; `not_found` for all others. */
export async function requireAudit(ctx: Context, auditId: string, permission: Permission) {
  const audit = await db().audit.findFirst({
    where: { id: auditId, project: { teamId: { in: [...ctx.teamIds] } } },
    select: {
      id: true,
      projectId: true,
      branch: true,
      commitId: true,
      endedAt: true,
      project: { select: { teamId: true, name: true, repositoryUrl: true } },
    },
  });
  if (!audit) throw new AppError('not_found', 'no such audit');
  requirePermission(ctx, audit.project.teamId, permission);
  return audit;
}

/** The finding with its project, for those who may see that; `not_found` for all others. */
export async function requireFinding(ctx: Context, findingId: string, permission: Permission) {
  const finding = await db().finding.findFirst({
    where: { id: findingId, project: { teamId: { in: [...ctx.teamIds] } } },
    include: { project: { select: { teamId: true, repositoryUrl: true, connectionId: true } } },
  });
  if (!finding) throw new AppError('not_found', 'no such finding');
  requirePermission(ctx, finding.project.teamId, permission);
  return finding;
}

/** The team whose permission the project takes; null when there is no such project. */
export async function findTeamOf(projectId: string): Promise<string | null> {
  const project = await db().project.findFirst({ where: { id: projectId }, select: { teamId: true } });
  return project?.teamId ?? null;
}
