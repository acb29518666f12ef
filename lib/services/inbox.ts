import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Prisma, Project } from '@/lib/db/generated/client';
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
import { createSharedReads } from './shared-reads';

/** How long before and after its last day a verdict is to be looked at. */
const NEAR_DAYS = 14;
const DAY_MS = 86_400_000;

const shareCounts = createSharedReads<InboxCounts>();
const sharePages = createSharedReads<InboxPage>();

/** Findings of all projects of a team that wait for somebody. */
export async function listInbox(ctx: Context, asked: InboxFilter): Promise<InboxPage> {
  const projects = await listProjects(ctx, asked.teamId);
  const key = JSON.stringify([ctx.userId, projects.map(({ id }) => id), asked]);
  return sharePages(key, () => loadPage(ctx, projects, asked));
}

type NamedProject = Pick<Project, 'id' | 'name' | 'repositoryUrl'>;

async function loadPage(
  ctx: Context,
  projects: readonly NamedProject[],
  { teamId: _, view, ...filter }: InboxFilter,
): Promise<InboxPage> {
  const projectIds = projects.map(({ id }) => id);
  const [{ rows, ...page }, { fresh: _fresh, ...views }] = await Promise.all([
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
  return shareCounts(`${ctx.userId} ${projectIds}`, async () => {
    const [{ fresh, ...views }, others] = await Promise.all([
      countViews(ctx, projectIds),
      countIn(projectIds, { isNew: false, OR: INBOX_VIEWS.map((view) => whereView(view, ctx.userId)) }),
    ]);
    return { views, waiting: fresh + others };
  });
}

function listProjects(ctx: Context, teamId: string | undefined) {
  const teamIds = visibleTeams(ctx, 'project.read', teamId);
  return db().project.findMany({
    where: { teamId: { in: [...teamIds] } },
    select: { id: true, name: true, repositoryUrl: true },
  });
}

/** What is new is counted in two parts: an index alone answers each, and none answers both. */
async function countViews({ userId }: Context, projectIds: string[]): Promise<InboxPage['views'] & { fresh: number }> {
  const [mine, fresh, ended, expiring] = await Promise.all([
    countIn(projectIds, whereView('mine', userId)),
    countNew(projectIds),
    countIn(projectIds, whereEnded()),
    countIn(projectIds, whereView('expiring', userId)),
  ]);
  return { mine, new: fresh + ended, expiring, fresh };
}

/** What other tools say of ours again has an index of its own: taken off, the other one still answers alone. */
async function countNew(projectIds: string[]): Promise<number> {
  const [all, again] = await Promise.all([
    countIn(projectIds, { isNew: true }),
    countIn(projectIds, { isNew: true, duplicateOfId: { not: null } }),
  ]);
  return all - again;
}

function countIn(projectIds: string[], where: Prisma.FindingWhereInput): Promise<number> {
  return db().finding.count({ where: { projectId: { in: projectIds }, AND: where } });
}

function whereView(view: InboxViewName, userId: string | null): Prisma.FindingWhereInput {
  const day = today().getTime();
  if (view === 'mine') return userId === null ? { id: { in: [] } } : { ...whereOpen(), assigneeId: userId };
  if (view === 'new') return { ...ON_ITS_OWN, OR: [{ isNew: true }, whereEnded()] };
  const isNear = { gte: new Date(day - NEAR_DAYS * DAY_MS), lte: new Date(day + NEAR_DAYS * DAY_MS) };
  return { ...ON_ITS_OWN, state: { in: ['new', 'existing', 'reopened'] }, verdictUntil: isNear };
}

/** Those whose verdict has ended of late. */
function whereEnded(): Prisma.FindingWhereInput {
  const day = today().getTime();
  const isNear = { lt: new Date(day), gte: new Date(day - NEAR_DAYS * DAY_MS) };
  return { ...ON_ITS_OWN, state: { in: ['new', 'existing', 'reopened'] }, verdictUntil: isNear };
}
