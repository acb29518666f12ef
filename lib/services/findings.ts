import { gunzipSync } from 'node:zlib';
import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Finding as FindingRow } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { messageInAll } from '@/lib/i18n/rule-text';
import { type Finding, type Location, type MessageData, SEVERITIES } from '@/lib/magics/types';
import type { Counts } from '@/lib/schemas/common';
import type { FindingFilter, FindingPage, FindingState, FindingView } from '@/lib/schemas/findings';
import { decodeCursor, encodeCursor } from './cursor';
import { type ParsedFindingFilter, parseFindingFilter, whereOf } from './finding-filter';

/** Findings of the project's branch, most severe first. */
export async function listFindings(ctx: Context, projectId: string, filter: FindingFilter): Promise<FindingPage> {
  const project = await db().project.findUnique({ where: { id: projectId }, select: { teamId: true } });
  if (!project) throw new AppError('not_found', 'no such project');
  requirePermission(ctx, project.teamId, 'project.read');

  const parsed = parseFindingFilter(filter);
  const where = { projectId, ...whereOf(parsed, true) };
  const after = decodeCursor(filter.cursor, 3);
  const [rows, total, bySeverity, byRule] = await Promise.all([
    db().finding.findMany({
      where: after ? { AND: [where, afterPlace(after)] } : where,
      orderBy: [{ severityRank: 'asc' }, { ruleId: 'asc' }, { id: 'asc' }],
      take: filter.limit + 1,
    }),
    db().finding.count({ where }),
    db().finding.groupBy({ by: ['severity'], where: { projectId, ...whereOf(parsed, false) }, _count: true }),
    db().finding.groupBy({ by: ['ruleId'], where, _count: true }),
  ]);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(toFindingView),
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.severityRank, last.ruleId, last.id]) : null,
    total,
    counts: countsOf(bySeverity.map(({ severity, _count }) => [severity, _count])),
    ruleCounts: Object.fromEntries(byRule.map(({ ruleId, _count }) => [ruleId, _count])),
  };
}

/** What one audit found, whatever became of it later. */
export async function listAuditFindings(ctx: Context, auditId: string, filter: FindingFilter): Promise<FindingPage> {
  const { audit, findings } = await loadAuditFindings(ctx, auditId);

  const parsed = parseFindingFilter(filter);
  const known = await db().finding.findMany({
    where: { projectId: audit.projectId, fingerprint: { in: findings.map(({ fingerprint }) => fingerprint) } },
    select: { id: true, fingerprint: true, firstAuditId: true, firstSeenAt: true },
  });
  const byFingerprint = new Map(known.map((row) => [row.fingerprint, row]));
  const views = findings.map((finding): FindingView => {
    const row = byFingerprint.get(finding.fingerprint);
    const state: FindingState = row?.firstAuditId === auditId ? 'new' : 'existing';
    return {
      ...finding,
      findingId: row?.id ?? finding.fingerprint,
      state,
      message: messageInAll(finding),
      firstSeenAt: row?.firstSeenAt.toISOString() ?? null,
    };
  });
  const matching = views.filter((view) => isMatch(view, parsed));
  const shown = matching.filter(({ severity }) => !parsed.severities || parsed.severities.includes(severity));
  const offset = Number(decodeCursor(filter.cursor, 1)?.[0] ?? 0);
  const end = offset + filter.limit;
  return {
    items: shown.slice(offset, end),
    nextCursor: end < shown.length ? encodeCursor([end]) : null,
    total: shown.length,
    counts: countsOf(SEVERITIES.map((name) => [name, matching.filter(({ severity }) => severity === name).length])),
    ruleCounts: countByRule(shown),
  };
}

/** One finding, whatever its state. */
export async function getFinding(ctx: Context, findingId: string): Promise<FindingView> {
  const row = await db().finding.findUnique({
    where: { id: findingId },
    include: { project: { select: { teamId: true } } },
  });
  if (!row) throw new AppError('not_found', 'no such finding');
  requirePermission(ctx, row.project.teamId, 'project.read');
  return toFindingView(row);
}

/** The findings an audit stored, in the order of its magics. */
export async function loadAuditFindings(ctx: Context, auditId: string) {
  const audit = await db().audit.findUnique({
    where: { id: auditId },
    include: {
      project: { select: { teamId: true, name: true, repositoryUrl: true } },
      magicResults: { select: { findings: true }, orderBy: { magic: 'asc' } },
    },
  });
  if (!audit) throw new AppError('not_found', 'no such audit');
  requirePermission(ctx, audit.project.teamId, 'project.read');

  const findings = audit.magicResults.flatMap(({ findings: packed }) =>
    packed ? (JSON.parse(gunzipSync(packed).toString('utf8')) as Finding[]) : [],
  );
  findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return { audit, findings };
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
    patch: row.patch,
    firstSeenAt: row.firstSeenAt.toISOString(),
  };
}

function afterPlace([rank, rule, id]: (string | number | null)[]) {
  const severityRank = Number(rank);
  const ruleId = String(rule);
  return {
    OR: [
      { severityRank: { gt: severityRank } },
      { severityRank, ruleId: { gt: ruleId } },
      { severityRank, ruleId, id: { gt: String(id) } },
    ],
  };
}

function isMatch(view: FindingView, filter: ParsedFindingFilter): boolean {
  const contains = (text: string | null, part: string) => text?.toLowerCase().includes(part.toLowerCase()) ?? false;
  return (
    (!filter.magics || filter.magics.includes(view.magic)) &&
    (!filter.rules || filter.rules.includes(view.ruleId)) &&
    filter.states.includes(view.state) &&
    (!filter.path || contains(view.path, filter.path)) &&
    (!filter.search || [view.path, view.ruleId, view.evidence].some((text) => contains(text, filter.search ?? '')))
  );
}

function countByRule(views: readonly FindingView[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ruleId } of views) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return counts;
}

function countsOf(entries: (readonly [string, number])[]): Counts {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Counts;
  for (const [severity, count] of entries) counts[severity as keyof Counts] = count;
  return counts;
}
