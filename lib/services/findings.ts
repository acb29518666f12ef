import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { noCounts } from '@/lib/magics/counts';
import type { Counts } from '@/lib/schemas/common';
import type { FindingFilter, FindingPage, FindingView } from '@/lib/schemas/findings';
import { requireFinding, requireProject } from './access';
import { decodeCursor, encodeCursor } from './cursor';
import { parseFindingFilter, whereOf } from './finding-filter';
import { whereFound } from './finding-search';
import { FINDING_PARTS, type FindingRow, toFindingView } from './finding-view';
import { createSharedReads } from './shared-reads';

/** The last finding shown: its path alone may be longer than an address can be. */
const Last = z.tuple([z.uuid()]);

const sharePages = createSharedReads<FindingPage>();

type Place = Pick<FindingRow, 'severityRank' | 'ruleId' | 'path' | 'startLine' | 'id'>;

/** Findings of the project's branch: most severe first, then by rule, path and line. */
export async function listFindings(ctx: Context, projectId: string, filter: FindingFilter): Promise<FindingPage> {
  await requireProject(ctx, projectId, 'project.read');
  return sharePages(JSON.stringify([ctx.userId, projectId, filter]), async () => {
    const { rows, ...page } = await findFindings(ctx, [projectId], filter, null);
    return { ...page, items: rows.map(toFindingView) };
  });
}

/** The condition of a list of a project's findings. */
export async function whereProject(
  ctx: Context,
  projectId: string,
  filter: FindingFilter,
): Promise<Prisma.FindingWhereInput> {
  const parsed = parseFindingFilter(filter);
  return { AND: [await whereSearched([projectId], parsed.search), whereOf(parsed, true, ctx.userId)] };
}

/** A page of findings of projects that the asker may see; `only`: those of an inbox. */
export async function findFindings(
  ctx: Context,
  projectIds: readonly string[],
  filter: FindingFilter,
  only: Prisma.FindingWhereInput | null,
): Promise<Omit<FindingPage, 'items'> & { rows: FindingRow[] }> {
  const parsed = parseFindingFilter(filter);
  const searched = await whereSearched(projectIds, parsed.search, only !== null);
  const found = only ? { AND: [searched, only] } : searched;
  const where = { AND: [found, whereOf(parsed, true, ctx.userId)] };
  const after = await findPlace(projectIds, decodeCursor(filter.cursor, Last));
  const [rows, groups] = await Promise.all([
    db().finding.findMany({
      include: FINDING_PARTS,
      where: after ? { AND: [where, afterPlace(after)] } : where,
      orderBy: [
        { severityRank: 'asc' },
        { ruleId: 'asc' },
        { path: { sort: 'asc', nulls: 'last' } },
        { startLine: { sort: 'asc', nulls: 'last' } },
        { id: 'asc' },
      ],
      take: filter.limit + 1,
    }),
    db().finding.groupBy({
      by: ['severity', 'ruleId'],
      where: { AND: [found, whereOf(parsed, false, ctx.userId)] },
      _count: true,
    }),
  ]);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.id]) : null,
    ...sumUp(
      groups.map(({ _count, ...group }) => ({ ...group, count: _count })),
      parsed.severities,
    ),
  };
}

interface Group {
  severity: string;
  ruleId: string;
  count: number;
}

/** Counts by severity of all that is found; by rule and in total of the severities asked for. */
function sumUp(
  groups: readonly Group[],
  severities: readonly string[] | null,
): Pick<FindingPage, 'total' | 'counts' | 'ruleCounts'> {
  const counts: Counts = noCounts();
  const ruleCounts: Record<string, number> = {};
  let total = 0;
  for (const { severity, ruleId, count } of groups) {
    counts[severity as keyof Counts] += count;
    if (severities && !severities.includes(severity)) continue;
    ruleCounts[ruleId] = (ruleCounts[ruleId] ?? 0) + count;
    total += count;
  }
  return { total, counts, ruleCounts };
}

async function whereSearched(
  projectIds: readonly string[],
  search: string | null,
  isInbox = false,
): Promise<Prisma.FindingWhereInput> {
  const own = { projectId: { in: [...projectIds] } };
  return search ? { ...own, ...(await whereFound(projectIds, search, isInbox)) } : own;
}

/** One finding, whatever its state. */
export async function getFinding(ctx: Context, findingId: string): Promise<FindingView> {
  await requireFinding(ctx, findingId, 'project.read');
  return toFindingView(await db().finding.findFirstOrThrow({ where: { id: findingId }, include: FINDING_PARTS }));
}

/** A finding of this project; null when the project has none of that id, or the asker may not see it. */
export async function findFinding(ctx: Context, projectId: string, findingId: string): Promise<FindingView | null> {
  await requireProject(ctx, projectId, 'project.read');
  const row = await db().finding.findFirst({ where: { id: findingId, projectId }, include: FINDING_PARTS });
  return row && toFindingView(row);
}

async function findPlace(projectIds: readonly string[], last: z.infer<typeof Last> | null): Promise<Place | null> {
  if (!last) return null;
  const select = { severityRank: true, ruleId: true, path: true, startLine: true, id: true };
  const place = await db().finding.findFirst({ where: { id: last[0], projectId: { in: [...projectIds] } }, select });
  if (!place) throw new AppError('invalid_request', 'cursor: not one this list gave out');
  return place;
}

/** What has no path or no line comes last. */
function afterPlace({ severityRank, ruleId, path, startLine, id }: Place): Prisma.FindingWhereInput {
  const rule = { severityRank, ruleId };
  const later: Prisma.FindingWhereInput[] = [
    { severityRank: { gt: severityRank } },
    { severityRank, ruleId: { gt: ruleId } },
    { ...rule, path, startLine, id: { gt: id } },
  ];
  if (path !== null) later.push({ ...rule, path: { gt: path } }, { ...rule, path: null });
  if (startLine !== null)
    later.push({ ...rule, path, startLine: { gt: startLine } }, { ...rule, path, startLine: null });
  return { OR: later };
}
