import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { isFixable } from '@/lib/fixes/is-fixable';
import { messageInAll } from '@/lib/i18n/rule-text';
import { noCounts } from '@/lib/magics/counts';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import {
  type Finding,
  SEVERITIES,
  type SkippedRule,
  type SuppressedFinding,
  type Suppression,
} from '@/lib/magics/types';
import type { AuditFindingPage, AuditFindingView, FindingFilter, FindingState } from '@/lib/schemas/findings';
import { requireAudit } from './access';
import { decodeCursor, encodeCursor } from './cursor';
import { type ParsedFindingFilter, parseFindingFilter } from './finding-filter';
import { holds } from './finding-search';
import { toAuditVerdict } from './finding-view';
import type { StoredResult } from './magic-rows';
import { unpackFindings } from './stored-findings';

const Place = z.tuple([z.int().nonnegative()]);

interface AuditFindings {
  /** Most severe first, then in the order of the magics. */
  findings: Finding[];
  /** Those that the repository asked or the team decided to let stand, in the same order. */
  suppressed: SuppressedFinding[];
  skipped: SkippedRule[];
  /** Rules of the team's own that were asked. */
  ownRules: OwnRule[];
  /** What the finding was to its branch when the audit was settled. */
  stateOf: (fingerprint: string) => Extract<FindingState, 'new' | 'existing' | 'reopened'>;
}

/** What one audit found, whatever became of it later. */
export async function listAuditFindings(
  ctx: Context,
  auditId: string,
  filter: FindingFilter,
): Promise<AuditFindingPage> {
  const audit = await requireAudit(ctx, auditId, 'project.read');
  const parsed = parseFindingFilter(filter);
  const [offset] = decodeCursor(filter.cursor, Place) ?? [0];
  const { findings, suppressed, ownRules, stateOf } = await loadAuditFindings(auditId);
  const all: (Finding | SuppressedFinding)[] = [...findings, ...suppressed].sort(bySeverity);
  const known = await db().finding.findMany({
    where: { projectId: audit.projectId, fingerprint: { in: all.map(({ fingerprint }) => fingerprint) } },
    select: { id: true, fingerprint: true, firstSeenAt: true },
  });
  const byFingerprint = new Map(known.map((row) => [row.fingerprint, row]));
  const views = all.map((finding): AuditFindingView => {
    const row = byFingerprint.get(finding.fingerprint);
    const suppression = 'suppression' in finding ? finding.suppression : null;
    const { formerFingerprint: _, ...shown } = finding;
    return {
      ...shown,
      findingId: row?.id ?? null,
      projectId: audit.projectId,
      source: null,
      alsoReportedBy: [],
      suppression: suppression?.source === 'team' ? null : suppression,
      verdict: suppression?.source === 'team' ? toAuditVerdict(suppression) : null,
      assignee: null,
      origin: null,
      state: suppression ? stateOfSuppressed(suppression) : stateOf(finding.fingerprint),
      isFixable: isFixable(finding),
      message: messageInAll(finding),
      firstSeenAt: row?.firstSeenAt.toISOString() ?? null,
    };
  });
  const titlesOf = (ruleId: string) => Object.values(findRuleIn(ownRules, ruleId)?.title ?? {});
  const matching = views.filter((view) => isMatch(view, parsed, titlesOf));
  const shown = matching.filter(({ severity }) => !parsed.severities || parsed.severities.includes(severity));
  const end = offset + filter.limit;
  const counts = noCounts();
  for (const { severity } of matching) counts[severity] += 1;
  return {
    items: shown.slice(offset, end),
    nextCursor: end < shown.length ? encodeCursor([end]) : null,
    total: shown.length,
    counts,
    ruleCounts: countByRule(shown),
  };
}

/** What the audit stored. The caller has checked that the asker may see it. */
export async function loadAuditFindings(auditId: string): Promise<AuditFindings> {
  const [audit, rows] = await Promise.all([
    db().audit.findFirst({ where: { id: auditId }, select: { newFindings: true, reopenedFindings: true } }),
    db().auditMagic.findMany({
      where: { auditId },
      select: { findings: true, result: true },
      orderBy: { magic: 'asc' },
    }),
  ]);
  const states = new Map<string, 'new' | 'reopened'>();
  for (const fingerprint of audit?.newFindings ?? []) states.set(fingerprint, 'new');
  for (const fingerprint of audit?.reopenedFindings ?? []) states.set(fingerprint, 'reopened');
  const found = await Promise.all(rows.map((row) => unpackFindings(row.findings)));
  const results = rows.map(({ result }) => result as unknown as StoredResult | null);
  return {
    findings: found.flatMap(({ findings }) => findings).sort(bySeverity),
    suppressed: found.flatMap(({ suppressed }) => suppressed).sort(bySeverity),
    skipped: results.flatMap((result) => result?.skipped ?? []),
    ownRules: results.flatMap((result) => result?.ownRules ?? []),
    stateOf: (fingerprint) => states.get(fingerprint) ?? 'existing',
  };
}

export function stateOfSuppressed(suppression: Suppression): FindingState {
  return suppression.source === 'team' ? suppression.verdict : 'suppressed';
}

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

type Matched = Pick<AuditFindingView, 'magic' | 'ruleId' | 'path' | 'evidence' | 'message' | 'state'>;
type TitlesOf = (ruleId: string) => string[];

const builtInTitles: TitlesOf = (ruleId) => Object.values(findRuleIn([], ruleId)?.title ?? {});

/** Whether a finding is one of the filter, whose severities are left to the caller. */
export function isMatch(view: Matched, filter: ParsedFindingFilter, titlesOf: TitlesOf = builtInTitles): boolean {
  const { search } = filter;
  const texts = () => [view.path, view.ruleId, view.evidence, ...Object.values(view.message), ...titlesOf(view.ruleId)];
  return (
    (!filter.magics || filter.magics.includes(view.magic)) &&
    (!filter.rules || filter.rules.includes(view.ruleId)) &&
    filter.states.includes(view.state) &&
    (!filter.path || holds(view.path, filter.path)) &&
    (!search || texts().some((text) => holds(text, search)))
  );
}

function countByRule(views: readonly AuditFindingView[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ruleId } of views) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return counts;
}
