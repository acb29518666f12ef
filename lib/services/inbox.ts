import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import {
  INBOX_VIEWS,
  type InboxCounts,
  type InboxFilter,
  type InboxPage,
  type InboxViewName,
} from '@/lib/schemas/findings';
import { ON_ITS_OWN, whereOpen } from './finding-filter';
import { today } from './finding-verdicts';
import { toFindingView } from './finding-view';
import { findFindings } from './findings';

/** How long before and after its last day a verdict is to be looked at. */
const NEAR_DAYS = 14;
const DAY_MS = 86_400_000;

/** Findings of all projects of a team that wait for somebody. */
export async function listInbox(ctx: Context, { teamId, view, ...filter }: InboxFilter): Promise<InboxPage> {
  const projects = await listProjects(ctx, teamId);
  const projectIds = projects.map(({ id }) => id);
  const [{ rows, ...page }, views] = await Promise.all([
    findFindings(ctx, projectIds, { ...filter, state: 'all' }, whereView(view, ctx.userId)),
    countViews(ctx, projectIds),
  ]);
  const byId = new Map(projects.map((project) => [project.id, project]));
  return {
    ...page,
    items: rows.map((row) => ({
      ...toFindingView(row),
      projectName: byId.get(row.projectId)?.name ?? '',
      repositoryUrl: byId.get(row.projectId)?.repositoryUrl ?? '',
    })),
    views,
  };
}

/** How many wait, for the side bar. */
export async function getInboxCounts(ctx: Context, teamId?: string): Promise<InboxCounts> {
  const projectIds = (await listProjects(ctx, teamId)).map(({ id }) => id);
  const [views, waiting] = await Promise.all([
    countViews(ctx, projectIds),
    db().finding.count({
      where: {
        ...ON_ITS_OWN,
        projectId: { in: projectIds },
        OR: INBOX_VIEWS.map((view) => whereView(view, ctx.userId)),
      },
    }),
  ]);
  return { views, waiting };
}

function listProjects(ctx: Context, teamId: string | undefined) {
  const teamIds = visibleTeams(ctx, 'project.read', teamId);
  return db().project.findMany({
    where: { teamId: { in: [...teamIds] } },
    select: { id: true, name: true, repositoryUrl: true },
  });
}

async function countViews(ctx: Context, projectIds: string[]): Promise<InboxPage['views']> {
  const counts = await Promise.all(
    INBOX_VIEWS.map(async (view) => {
      const where = { ...ON_ITS_OWN, projectId: { in: projectIds }, AND: whereView(view, ctx.userId) };
      return [view, await db().finding.count({ where })] as const;
    }),
  );
  return Object.fromEntries(counts) as InboxPage['views'];
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
