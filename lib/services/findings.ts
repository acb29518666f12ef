import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Finding as FindingRow, Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { isFixable } from '@/lib/fixes/is-fixable';
import { messageInAll } from '@/lib/i18n/rule-text';
import { noCounts } from '@/lib/magics/counts';
import type { Location, MessageData, Suppression } from '@/lib/magics/types';
import type { Counts } from '@/lib/schemas/common';
import type { FindingFilter, FindingPage, FindingView } from '@/lib/schemas/findings';
import { requireFinding, requireProject } from './access';
import { decodeCursor, encodeCursor } from './cursor';
import { parseFindingFilter, whereOf } from './finding-filter';
import { whereFound } from './finding-search';

/** The last finding shown: its path alone may be longer than an address can be. */
const Last = z.tuple([z.uuid()]);

type Place = Pick<FindingRow, 'severityRank' | 'ruleId' | 'path' | 'startLine' | 'id'>;

/** Findings of the project's branch: most severe first, then by rule, path and line. */
export async function listFindings(ctx: Context, projectId: string, filter: FindingFilter): Promise<FindingPage> {
  await requireProject(ctx, projectId, 'project.read');
  const parsed = parseFindingFilter(filter);
  const found = { projectId, ...(parsed.search && (await whereFound(projectId, parsed.search))) };
  const where = { ...found, ...whereOf(parsed, true) };
  const after = await findPlace(projectId, decodeCursor(filter.cursor, Last));
  const [rows, total, bySeverity, byRule] = await Promise.all([
    db().finding.findMany({
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
    db().finding.count({ where }),
    db().finding.groupBy({ by: ['severity'], where: { ...found, ...whereOf(parsed, false) }, _count: true }),
    db().finding.groupBy({ by: ['ruleId'], where, _count: true }),
  ]);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const counts: Counts = noCounts();
  for (const { severity, _count } of bySeverity) counts[severity as keyof Counts] = _count;
  return {
    items: page.map(toFindingView),
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.id]) : null,
    total,
    counts,
    ruleCounts: Object.fromEntries(byRule.map(({ ruleId, _count }) => [ruleId, _count])),
  };
}

/** One finding, whatever its state. */
export async function getFinding(ctx: Context, findingId: string): Promise<FindingView> {
  return toFindingView(await requireFinding(ctx, findingId, 'project.read'));
}

/** A finding of this project; null when the project has none of that id, or the asker may not see it. */
export async function findFinding(ctx: Context, projectId: string, findingId: string): Promise<FindingView | null> {
  await requireProject(ctx, projectId, 'project.read');
  const row = await db().finding.findFirst({ where: { id: findingId, projectId } });
  return row && toFindingView(row);
}

export function toFindingView(row: FindingRow): FindingView {
  const data = row.data as MessageData;
  return {
    findingId: row.id,
    ruleId: row.ruleId,
    magic: row.magic as FindingView['magic'],
    severity: row.severity as FindingView['severity'],
    confidence: row.confidence,
    state: row.state,
    suppression: row.state === 'suppressed' ? (row.suppression as unknown as Suppression) : null,
    path: row.path,
    startLine: row.startLine,
    endLine: row.endLine,
    message: messageInAll({ ruleId: row.ruleId, messageId: row.messageId, data }),
    messageId: row.messageId,
    data,
    evidence: row.evidence,
    related: row.related as unknown as Location[],
    commits: row.commits,
    fingerprint: row.fingerprint,
    isFixable: isFixable({ ...row, data }),
    firstSeenAt: row.firstSeenAt.toISOString(),
  };
}

async function findPlace(projectId: string, last: z.infer<typeof Last> | null): Promise<Place | null> {
  if (!last) return null;
  const select = { severityRank: true, ruleId: true, path: true, startLine: true, id: true };
  const place = await db().finding.findFirst({ where: { id: last[0], projectId }, select });
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
