import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query, type Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ChangeAction } from '@/lib/schemas/change-actions';
import { FindingFilter } from '@/lib/schemas/findings';
import {
  type BulkTriageRequest,
  MOST_FINDINGS,
  type TriageChange,
  type TriageRequest,
  type UndoRequest,
} from '@/lib/schemas/triage';
import { requireFinding, requireProject } from './access';
import { recordChange } from './change-log';
import { type AppliedChange, applyChanges, isSame, type StoredVerdict, type WantedFinding } from './finding-changes';
import { announceFindings } from './finding-events';
import { lockVerdicts } from './finding-verdicts';
import { whereProject } from './findings';

interface TeamProjects {
  teamId: string;
  projectIds: string[];
}

/** Says what the team thinks of a finding, or whose it is. Returns what Undo takes; null when nothing changed. */
export async function triageFinding(ctx: Context, findingId: string, request: TriageRequest): Promise<string | null> {
  const { projectId, project } = await requireFinding(ctx, findingId, 'finding.triage');
  // The finding is answered: who may not read it is refused before anything changes.
  requirePermission(ctx, project.teamId, 'project.read');
  const team = { teamId: project.teamId, projectIds: [projectId] };
  const wanted = { findingId, ...wantedOf(request) };
  const applied = await db().$transaction(async (tx) => {
    await requireMember(tx, [team], request.assigneeId);
    const done = await applyChanges(tx, ctx.userId, [projectId], [wanted]);
    await record(tx, ctx, 'finding.triaged', [team], done);
    return done;
  });
  await announce(ctx, [team], applied);
  return applied.changeId;
}

/** The same for many findings: all of them or none. */
export async function triageFindings(ctx: Context, request: BulkTriageRequest): Promise<TriageChange> {
  const findingIds = request.findingIds ? [...new Set(request.findingIds)] : await idsFound(ctx, request);
  const teams = await teamsOf(ctx, findingIds);
  const change = wantedOf(request);
  const applied = await db().$transaction(async (tx) => {
    await requireMember(tx, teams, request.assigneeId);
    const wanted = findingIds.map((findingId) => ({ findingId, ...change }));
    const done = await applyChanges(tx, ctx.userId, projectsOf(teams), wanted);
    await record(tx, ctx, 'finding.triaged', teams, done);
    return done;
  });
  await announce(ctx, teams, applied);
  return toChange(applied, findingIds.length);
}

/** Takes a change back. What was changed again since stays as it is now. */
export async function undoChange(ctx: Context, { changeId }: UndoRequest): Promise<TriageChange> {
  const rows = await query<{ id: string }>`
    select distinct finding_id as id from finding_events where change_id = ${changeId}::uuid`;
  const findingIds = rows.map(({ id }) => id);
  if (findingIds.length === 0) throw new AppError('not_found', 'no such change');
  const teams = await teamsOf(ctx, findingIds);
  const projectIds = projectsOf(teams);
  const applied = await db().$transaction(
    async (tx) => {
      await lockVerdicts(tx, projectIds);
      const wanted = new Map<string, WantedFinding>();
      for (const { findingId, kind, before, after } of await stillStanding(tx, changeId)) {
        const one: WantedFinding = wanted.get(findingId) ?? { findingId };
        wanted.set(findingId, one);
        if (kind === 'verdict' && isSame(after.now as StoredVerdict | null, after.then as StoredVerdict | null)) {
          one.verdict = before as StoredVerdict | null;
        }
        if (kind === 'assignee' && after.now === after.then) one.assigneeId = before as string | null;
      }
      const assignees = [...wanted.values()].flatMap(({ assigneeId }) => assigneeId ?? []);
      const members = await membersOf(tx, teams, assignees);
      for (const one of wanted.values()) {
        if (one.assigneeId && !members.has(one.assigneeId)) one.assigneeId = null;
      }
      const done = await applyChanges(tx, ctx.userId, projectIds, [...wanted.values()]);
      await record(tx, ctx, 'finding.change_undone', teams, done);
      return done;
    },
    { timeout: 60_000 },
  );
  await announce(ctx, teams, applied);
  return toChange(applied, findingIds.length);
}

/** Of the projects in which something changed. */
export function announce(ctx: Context, teams: readonly TeamProjects[], { changed }: AppliedChange): Promise<void> {
  const touched = new Set(changed.map(({ projectId }) => projectId));
  const projects = teams.flatMap(({ teamId, projectIds }) => projectIds.map((projectId) => ({ teamId, projectId })));
  return announceFindings(
    ctx,
    projects.filter(({ projectId }) => touched.has(projectId)),
  );
}

export function toChange({ changeId, changed }: AppliedChange, asked: number): TriageChange {
  return {
    changeId,
    changed: changed.length,
    unchanged: asked - changed.length,
    findingIds: changed.slice(0, MOST_FINDINGS).map(({ findingId }) => findingId),
  };
}

/** One entry for each team: a single finding with what it was and became, many by their number. */
export async function record(
  tx: Tx,
  ctx: Context,
  action: ChangeAction,
  teams: readonly TeamProjects[],
  { changeId, changed }: AppliedChange,
): Promise<void> {
  for (const { teamId, projectIds } of teams) {
    const own = changed.filter(({ projectId }) => projectIds.includes(projectId));
    const [first] = own;
    if (!first) continue;
    const isOne = own.length === 1;
    const { reason, ...after } = { reason: first.after.verdict?.reason, ...first.after };
    await recordChange(tx, ctx, {
      action,
      teamId,
      target: isOne ? first.findingId : first.projectId,
      detail: { changeId, findings: own.length, projects: [...new Set(own.map(({ projectId }) => projectId))] },
      ...(isOne && { before: first.before }),
      after: isOne || action !== 'finding.change_undone' ? { ...after, ...(reason && { reason }) } : undefined,
    });
  }
}

function wantedOf({ verdict, reason, until, assigneeId }: TriageRequest): Omit<WantedFinding, 'findingId'> {
  return {
    ...(verdict !== undefined && { verdict: verdict && { verdict, reason: reason ?? '', until: until ?? null } }),
    ...(assigneeId !== undefined && { assigneeId }),
  };
}

async function idsFound(ctx: Context, { projectId = '', filter = {} }: BulkTriageRequest): Promise<string[]> {
  await requireProject(ctx, projectId, 'finding.triage');
  const rows = await db().finding.findMany({
    where: await whereProject(ctx, projectId, FindingFilter.parse(filter)),
    orderBy: { fingerprint: 'asc' },
    select: { id: true },
    take: MOST_FINDINGS + 1,
  });
  if (rows.length > MOST_FINDINGS) {
    throw new AppError('unprocessable', `the filter finds more than ${MOST_FINDINGS} findings: narrow it`, {
      details: { most: MOST_FINDINGS },
    });
  }
  return rows.map(({ id }) => id);
}

/** The teams of findings of which the asker may change every one; `not_found` when one of them is out of sight. */
async function teamsOf(ctx: Context, findingIds: readonly string[]): Promise<TeamProjects[]> {
  const rows = await query<{ projectId: string; teamId: string; findings: number }>`
    select p.id as "projectId", p.team_id as "teamId", count(*)::int as findings
    from findings f join projects p on p.id = f.project_id
    where f.id = any(${findingIds}::uuid[]) and p.team_id = any(${ctx.teamIds}::uuid[])
    group by p.id order by p.team_id, p.id`;
  const seen = rows.reduce((sum, { findings }) => sum + findings, 0);
  if (seen < findingIds.length) throw new AppError('not_found', 'no such finding');
  const teams = new Map<string, string[]>();
  for (const { projectId, teamId } of rows) {
    requirePermission(ctx, teamId, 'finding.triage');
    teams.set(teamId, [...(teams.get(teamId) ?? []), projectId]);
  }
  return [...teams].map(([teamId, projectIds]) => ({ teamId, projectIds }));
}

const projectsOf = (teams: readonly TeamProjects[]) => teams.flatMap(({ projectIds }) => projectIds);

async function requireMember(tx: Tx, teams: readonly TeamProjects[], userId?: string | null): Promise<void> {
  if (!userId) return;
  const members = await membersOf(tx, teams, [userId]);
  if (!members.has(userId)) {
    throw new AppError('invalid_request', 'assigneeId: nobody in the team', {
      details: { fields: [{ field: 'assigneeId', problem: 'nobody in the team' }] },
    });
  }
}

/** Those of the people who are in each of the teams; a service account is nobody. */
async function membersOf(tx: Tx, teams: readonly TeamProjects[], userIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.membership.groupBy({
    by: ['userId'],
    where: {
      userId: { in: [...new Set(userIds)] },
      user: { serviceTeamId: null },
      teamId: { in: teams.map(({ teamId }) => teamId) },
    },
    _count: true,
  });
  return new Set(rows.filter(({ _count }) => _count === teams.length).map(({ userId }) => userId));
}

interface Standing {
  findingId: string;
  kind: 'verdict' | 'assignee';
  before: unknown;
  /** What the change made of it, and what it is now. */
  after: { then: unknown; now: unknown };
}

async function stillStanding(tx: Tx, changeId: string): Promise<Standing[]> {
  return tx.$queryRaw<Standing[]>`
    select e.finding_id as "findingId", e.kind, e.before, jsonb_build_object('then', e.after, 'now', case e.kind
      when 'assignee' then to_jsonb(f.assignee_id)
      when 'verdict' then case when v.id is not null
        then jsonb_build_object('verdict', v.verdict, 'reason', v.reason, 'until', v.until) end end) as after
    from finding_events e join findings f on f.id = e.finding_id
    left join finding_verdicts v on v.id = f.verdict_id
    where e.change_id = ${changeId}::uuid order by e.id`;
}
