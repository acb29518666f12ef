import { db } from '@/lib/db/client';
import { SEVERITIES } from '@/lib/magics/types';
import type { OtherFinding, OtherTool } from '@/lib/reports/other-tools';
import { isMatch } from './audit-findings';
import { ON_ITS_OWN, type ParsedFindingFilter } from './finding-filter';
import { FINDING_PARTS, toFindingView } from './finding-view';

interface Asked {
  projectId: string;
  auditId: string;
}

/**
 * What other tools reported, as it stands: the project's current audit alone can tell it, as an audit keeps nothing of
 * others. null for any other audit of a project with reports. The caller has checked that the asker may see the audit.
 */
export async function loadOtherTools(
  { projectId, auditId }: Asked,
  filter: ParsedFindingFilter,
): Promise<OtherTool[] | null> {
  const [project, reports] = await Promise.all([
    db().project.findFirst({ where: { id: projectId }, select: { currentAuditId: true } }),
    db().findingImport.findMany({
      where: { projectId },
      distinct: ['tool', 'category'],
      orderBy: [{ tool: 'asc' }, { category: 'asc' }, { uploadedAt: 'desc' }, { id: 'desc' }],
      select: { tool: true, toolName: true, toolVersion: true, category: true, commitId: true },
    }),
  ]);
  if (reports.length === 0) return [];
  if (project?.currentAuditId !== auditId) return null;
  const rows = await db().finding.findMany({
    where: { ...ON_ITS_OWN, projectId, tool: { not: null }, state: { not: 'fixed' } },
    include: FINDING_PARTS,
    orderBy: [{ severityRank: 'asc' }, { ruleId: 'asc' }, { path: 'asc' }, { startLine: 'asc' }, { id: 'asc' }],
  });
  const views = rows
    .map(toFindingView)
    .filter((view) => isMatch(view, filter) && (!filter.severities || filter.severities.includes(view.severity)));
  return reports.map(({ commitId: commit, ...report }) => ({
    ...report,
    commit,
    findings: views
      .filter(({ source }) => source?.tool === report.tool && source.category === report.category)
      .map(toOtherFinding)
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
  }));
}

function toOtherFinding(view: ReturnType<typeof toFindingView>): OtherFinding {
  const { ruleId, severity, confidence, path, startLine, endLine, message, evidence, fingerprint, state } = view;
  const { source, verdict } = view;
  return {
    ...{ ruleId, severity, confidence, path, startLine, endLine, evidence, fingerprint, state },
    message: message.en,
    helpUri: source?.helpUri ?? null,
    weaknesses: source?.weaknesses ?? [],
    ...(verdict?.isInForce && {
      suppression: { source: 'team', verdict: verdict.verdict, reason: verdict.reason, expires: verdict.until },
    }),
  };
}
