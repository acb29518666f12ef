import type * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { hasPermission } from '@/lib/auth/permissions';
import { db, pool } from '@/lib/db/client';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { AuditResults, ProjectOverview, StackShare } from '@/lib/schemas/projects';
import { requireProject } from './access';
import { loadProgress } from './audit-progress';
import { loadAuditPage, loadSummaries } from './audit-summaries';
import { ofGateAuditSql } from './chosen-magics';
import { loadHealthChange } from './health-change';
import { loadMagicCards } from './magic-cards';
import { loadMagicResults } from './magic-results';
import { countOpenFindings } from './open-findings';
import { countPastUnderWay } from './past-audits';
import { loadListItem } from './project-list';
import { countSettingsErrors } from './settings-errors';
import { createSharedReads } from './shared-reads';
import { loadReleases, loadTopRisks } from './top-risks';
import { loadStatistics, loadTrend } from './trends';

type SharedOverview = Omit<ProjectOverview, 'canRunAudit' | 'canManage'>;

const shareOverview = createSharedReads<SharedOverview>();

/** Everything the project page shows. */
export async function getProjectOverview(ctx: Context, projectId: string): Promise<ProjectOverview> {
  const project = await requireProject(ctx, projectId, 'project.read');
  const overview = await shareOverview(`${projectId} ${ctx.teamIds}`, () => loadOverview(project));
  return {
    ...overview,
    canRunAudit: hasPermission(ctx, project.teamId, 'audit.run'),
    canManage: hasPermission(ctx, project.teamId, 'project.manage'),
  };
}

type KnownProject = Awaited<ReturnType<typeof requireProject>>;

async function loadOverview(project: KnownProject): Promise<SharedOverview> {
  const overview = await readOverview(project);
  const now = await db().project.findFirst({ where: { id: project.id }, select: { currentAuditId: true } });
  // An audit ended meanwhile: parts were read before its end and parts after.
  return now && now.currentAuditId !== project.currentAuditId ? readOverview({ ...project, ...now }) : overview;
}

async function readOverview(project: KnownProject): Promise<SharedOverview> {
  const projectId = project.id;
  const [recent, auditCount, openFindings, trend, releases, topRisks, healthChange] = await Promise.all([
    loadAuditPage({ teamIds: [project.teamId], projectId, limit: 10 }),
    db().audit.count({ where: { projectId, asOf: null } }),
    countOpenFindings(projectId),
    loadTrend(projectId, project.branch),
    loadReleases(projectId, project.branch),
    loadTopRisks(projectId, project.branch, 5),
    loadHealthChange(projectId),
  ]);
  const running = await findRunning(projectId, recent.items);
  const [current, gateAudit, progress, magics, sequence, settingsErrors, pastUnderWay] = await Promise.all([
    findSummary(project.currentAuditId, recent.items),
    findGateAudit(projectId, recent.items),
    running ? loadProgress(running.auditId) : null,
    loadMagicCards(projectId, running?.auditId ?? project.currentAuditId),
    running ? db().audit.findFirst({ where: { id: running.auditId }, select: { eventSequence: true } }) : null,
    countSettingsErrors(project.currentAuditId),
    countPastUnderWay(projectId),
  ]);
  return {
    projectId,
    projectName: project.name,
    repositoryUrl: project.repositoryUrl,
    teamId: project.teamId,
    teamName: project.team.name,
    branch: project.branch,
    stack: project.stack as unknown as z.infer<typeof StackShare>[],
    accessProblem: project.accessProblem,
    isArchived: project.isArchived,
    publicBadge: project.publicBadge,
    current,
    running,
    runningProgress: progress,
    runningSequence: sequence?.eventSequence ?? null,
    magics,
    gateAudit,
    healthChange30d: healthChange.change,
    healthChangeSince: healthChange.since,
    healthChangeOtherYardstickAuditId: healthChange.otherYardstickAuditId,
    trend,
    releases,
    topRisks,
    recentAudits: recent.items,
    auditCount,
    pastUnderWay,
    scheduleSkippedAt: project.scheduleSkippedAt?.toISOString() ?? null,
    openFindings,
    settingsErrors,
  };
}

/** GET /projects/{id}/audit-results */
export async function getAuditResults(
  ctx: Context,
  projectId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<AuditResults> {
  const project = await requireProject(ctx, projectId, 'project.read');
  const [item, magicResults, latest, trendData, summaryStatistics] = await Promise.all([
    loadListItem(projectId, project.teamId),
    loadMagicResults(projectId),
    loadAuditPage({ teamIds: [project.teamId], projectId, limit, offset }),
    loadTrend(projectId, project.branch),
    loadStatistics(projectId, project.branch),
  ]);
  return { ...item, magicResults, latestResults: latest.items, trendData, summaryStatistics };
}

async function findGateAudit(projectId: string, recent: readonly AuditSummary[]): Promise<AuditSummary | null> {
  const { rows } = await pool().query<{ id: string }>({
    name: 'project-gate',
    text: `select ${ofGateAuditSql('id')} as id from projects p join audits current on current.id = p.current_audit_id
      where p.id = $1::uuid`,
    values: [projectId],
  });
  return findSummary(rows[0]?.id ?? null, recent);
}

async function findRunning(projectId: string, recent: readonly AuditSummary[]): Promise<AuditSummary | null> {
  const active = await db().audit.findFirst({
    where: { projectId, asOf: null, status: { in: ['running', 'queued'] } },
    // The enum is declared queued, running: the running one first.
    orderBy: [{ status: 'desc' }, { number: 'asc' }],
    select: { id: true },
  });
  return findSummary(active?.id ?? null, recent);
}

async function findSummary(auditId: string | null, recent: readonly AuditSummary[]): Promise<AuditSummary | null> {
  if (!auditId) return null;
  const near = recent.find((audit) => audit.auditId === auditId);
  if (near) return near;
  const [summary] = await loadSummaries([auditId]);
  return summary ?? null;
}
