import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { INBOX_VIEWS, type InboxFilter, type InboxPage, type InboxViewName } from '@/lib/schemas/findings';
import { whereOpen } from './finding-filter';
import { today } from './finding-verdicts';
import { toFindingView } from './finding-view';
import { findFindings } from './findings';

/** How long before and after its last day a verdict is to be looked at. */
const NEAR_DAYS = 14;
const DAY_MS = 86_400_000;

/** Findings of all projects of a team that wait for somebody. */
export async function listInbox(ctx: Context, { teamId, view, ...filter }: InboxFilter): Promise<InboxPage> {
  const teamIds = visibleTeams(ctx, 'project.read', teamId);
  const projects = await db().project.findMany({
    where: { teamId: { in: [...teamIds] } },
    select: { id: true, name: true, repositoryUrl: true },
  });
  const projectIds = projects.map(({ id }) => id);
  const [{ rows, ...page }, counts] = await Promise.all([
    findFindings(ctx, projectIds, { ...filter, state: 'all' }, whereView(view, ctx.userId)),
    Promise.all(
      INBOX_VIEWS.map((one) =>
        db().finding.count({ where: { projectId: { in: projectIds }, AND: whereView(one, ctx.userId) } }),
      ),
    ),
  ]);
  const byId = new Map(projects.map((project) => [project.id, project]));
  return {
    ...page,
    items: rows.map((row) => ({
      ...toFindingView(row),
      projectId: row.projectId,
      projectName: byId.get(row.projectId)?.name ?? '',
      repositoryUrl: byId.get(row.projectId)?.repositoryUrl ?? '',
    })),
    views: Object.fromEntries(INBOX_VIEWS.map((one, at) => [one, counts[at] ?? 0])) as InboxPage['views'],
  };
}

function whereView(view: InboxViewName, userId: string | null): Prisma.FindingWhereInput {
  const day = today().getTime();
  if (view === 'mine') return userId === null ? { id: { in: [] } } : { ...whereOpen(), assigneeId: userId };
  if (view === 'new') {
    const isNear = { lt: new Date(day), gte: new Date(day - NEAR_DAYS * DAY_MS) };
    return {
      OR: [
        { state: { in: ['new', 'reopened'] }, verdict: null },
        { state: { in: ['new', 'existing', 'reopened'] }, verdictUntil: isNear },
      ],
    };
  }
  const isNear = { gte: new Date(day - NEAR_DAYS * DAY_MS), lte: new Date(day + NEAR_DAYS * DAY_MS) };
  return { state: { in: ['new', 'existing', 'reopened'] }, verdictUntil: isNear };
}
