import { db } from '@/lib/db/client';
import type { ProjectOverview, TopRisk } from '@/lib/schemas/projects';

/** Files most likely to hurt next, from the newest audit of the branch that judged them. */
export async function loadTopRisks(projectId: string, branch: string, limit: number): Promise<TopRisk[]> {
  const audit = await db().audit.findFirst({
    where: { projectId, branch, status: { in: ['completed', 'partial'] }, topRisks: { not: [] } },
    orderBy: { number: 'desc' },
    select: { topRisks: true },
  });
  return ((audit?.topRisks ?? []) as unknown as TopRisk[]).slice(0, limit);
}

/** Release marks for the trend. */
export async function loadReleases(projectId: string, branch: string): Promise<ProjectOverview['releases']> {
  const audit = await db().audit.findFirst({
    where: { projectId, branch, status: { in: ['completed', 'partial'] } },
    orderBy: { number: 'desc' },
    select: { releases: true },
  });
  return (audit?.releases ?? []) as unknown as ProjectOverview['releases'];
}
