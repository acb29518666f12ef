import type { Context } from '@/lib/auth/context';
import { forgetIdentities } from '@/lib/auth/identity';
import { requirePermission, requireScope } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { asSystem } from '@/lib/auth/tenants';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { TeamList, TeamRequest, TeamView } from '@/lib/schemas/teams';
import { CANCEL_CHANNEL } from './audit-end';
import { recordChange } from './change-log';
import { ownerTeamId } from './instance-owner';
import { requirePerson } from './person';
import { holdTeam } from './team-members';

const made = createRateLimiter(20, 3600_000);

/** The teams of the asker, the first joined first. */
export async function listTeams(ctx: Context): Promise<TeamList> {
  requireScope(ctx, 'read');
  if (!ctx.userId) throw new AppError('unauthenticated', 'no one is signed in');
  const rows = await db().membership.findMany({
    where: { userId: ctx.userId, teamId: { in: [...ctx.teamIds] } },
    select: { role: true, team: { select: { id: true, name: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return { items: rows.map(({ team, role }) => ({ teamId: team.id, teamName: team.name, role })) };
}

/** Makes a team that the asker owns. */
export async function createTeam(ctx: Context, { teamName }: TeamRequest): Promise<TeamView> {
  const userId = requirePerson(ctx);
  made.take(userId);
  const create = () =>
    db().$transaction(async (tx) => {
      const { id } = await tx.team.create({
        data: { name: teamName, memberships: { create: { userId, role: 'owner' } } },
      });
      await recordChange(tx, ctx, { action: 'team.created', teamId: id, target: id, after: { name: teamName } });
      return id;
    });
  // It is none of the asker's teams yet.
  const teamId = await asSystem(create);
  forgetIdentities();
  return { teamId, teamName, role: 'owner' };
}

export async function renameTeam(ctx: Context, teamId: string, { teamName }: TeamRequest): Promise<TeamView> {
  requirePermission(ctx, teamId, 'team.manage');
  return db().$transaction(async (tx) => {
    const { actor } = await holdTeam(tx, ctx, teamId, 'team.manage');
    const { name } = await tx.team.findUniqueOrThrow({ where: { id: teamId } });
    if (name !== teamName) {
      await tx.team.update({ where: { id: teamId }, data: { name: teamName } });
      const change = { before: { name }, after: { name: teamName } };
      await recordChange(tx, ctx, { action: 'team.renamed', teamId, target: teamId, ...change });
    }
    return { teamId, teamName, role: actor };
  });
}

/** Deletes a team with its projects, tokens, invitations and service accounts, and stops the audits that run. */
export async function deleteTeam(ctx: Context, teamId: string): Promise<void> {
  requirePermission(ctx, teamId, 'team.delete');
  if ((await ownerTeamId()) === teamId) throw new AppError('forbidden', 'this team owns the installation');
  await db().$transaction(async (tx) => {
    // Audits before their project and team, as whoever ends one holds them.
    const audits = await tx.$queryRaw<{ id: string; status: string }[]>`
      select audits.id, audits.status::text from audits join projects on projects.id = audits.project_id
      where projects.team_id = ${teamId}::uuid order by audits.id for update of audits`;
    const { roles } = await holdTeam(tx, ctx, teamId, 'team.delete');
    const [team, projects] = await Promise.all([
      tx.team.findUniqueOrThrow({ where: { id: teamId } }),
      tx.project.count({ where: { teamId } }),
    ]);
    await tx.team.delete({ where: { id: teamId } });
    for (const { id, status } of audits) {
      if (status === 'queued' || status === 'running') await tx.$executeRaw`select pg_notify(${CANCEL_CHANNEL}, ${id})`;
    }
    const before = { name: team.name, projects, audits: audits.length, members: roles.size };
    await recordChange(tx, ctx, { action: 'team.deleted', teamId, target: teamId, before });
  });
  forgetIdentities();
  ctx.log.info({ teamId }, 'team deleted');
}
