import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { AuditSummary } from '@/lib/schemas/audits';
import { requireProject } from './access';
import { loadSummaries } from './audit-summaries';

/** Audits that a list to choose from offers. */
const MOST_OFFERED = 200;
const Id = z.uuid();

/**
 * Audits of a project with a result, newest first, and those that are asked for however old they are; of past weeks only
 * when asked for.
 */
export async function listComparable(
  ctx: Context,
  projectId: string,
  asked: readonly (string | null)[],
): Promise<AuditSummary[]> {
  await requireProject(ctx, projectId, 'project.read');
  const wanted = asked.filter((id) => Id.safeParse(id).success) as string[];
  const judged = { projectId, status: { in: ['completed' as const, 'partial' as const] } };
  const [newest, older] = await Promise.all([
    db().audit.findMany({
      where: { ...judged, asOf: null },
      orderBy: { number: 'desc' },
      take: MOST_OFFERED,
      select: { id: true },
    }),
    db().audit.findMany({ where: { ...judged, id: { in: wanted } }, select: { id: true } }),
  ]);
  const summaries = await loadSummaries([...new Set([...newest, ...older].map(({ id }) => id))]);
  return summaries.sort((a, b) => b.number - a.number);
}
