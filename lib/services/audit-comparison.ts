import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { messageInAll } from '@/lib/i18n/rule-text';
import { noCounts } from '@/lib/magics/counts';
import type { Rule } from '@/lib/magics/define';
import { looksAt } from '@/lib/magics/looks-at';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import { Policy } from '@/lib/magics/policy';
import { MAGIC_IDS, type MagicId, type RuleResult } from '@/lib/magics/types';
import type { Sentence } from '@/lib/schemas/common';
import {
  type AuditComparison,
  COMPARED_STATES,
  type ComparedFinding,
  type ComparedMagic,
  type ComparedRule,
  type ComparedState,
  type ComparisonFilter,
} from '@/lib/schemas/comparisons';
import { requireAudit } from './access';
import { loadSummaries } from './audit-summaries';
import { decodeCursor, encodeCursor } from './cursor';
import { compareFindingSets, type FindingDifference, type Side } from './finding-comparison';
import { listOf } from './finding-filter';
import type { StoredResult } from './magic-rows';
import { policyDifferences } from './policy-differences';
import { unpackFindings } from './stored-findings';

/** Audits between the two whose moved files are followed, newest first. */
const MOST_BETWEEN = 100;
const QUIET: readonly ComparedState[] = ['same', 'unknown'];
const Place = z.tuple([z.int().nonnegative()]);

/** What differs between two audits of a project, from the first to the second, whichever of them is older. */
export async function compareAudits(
  ctx: Context,
  fromId: string,
  toId: string,
  filter: ComparisonFilter,
): Promise<AuditComparison> {
  const first = await requireAudit(ctx, fromId, 'project.read');
  const second = await requireAudit(ctx, toId, 'project.read');
  if (first.projectId !== second.projectId) {
    throw new AppError('unprocessable', 'audits of two projects cannot be compared', {
      details: { reason: 'other_project' },
    });
  }
  const states = statesOf(filter.change);
  const magics = listOf(filter.magic, 'magic', MAGIC_IDS);
  const [offset] = decodeCursor(filter.cursor, Place) ?? [0];
  const { projectId } = first;
  const [from, to] = [await loadAudit(fromId), await loadAudit(toId)];
  const moved = await loadMoves(projectId, from, to);
  const all = compareFindingSets(sideOf(from), sideOf(to), moved);
  const changes = Object.fromEntries(COMPARED_STATES.map((state) => [state, noCounts()])) as AuditComparison['changes'];
  for (const { change, finding } of all) changes[change][finding.severity] += 1;
  const shown = all.filter(
    ({ change, finding }) => states.includes(change) && (!magics || magics.includes(finding.magic)),
  );
  const end = offset + filter.limit;
  const policy = policyDifferences(from.policy, to.policy);
  return {
    projectId,
    from: { ...from.summary, rulePackVersion: from.rulePackVersion },
    to: { ...to.summary, rulePackVersion: to.rulePackVersion },
    healthChange: changeOf(from.summary.healthScore, to.summary.healthScore),
    differences: differencesOf(from, to, policy),
    policy,
    magics: MAGIC_IDS.flatMap((magic) => compareMagic(magic, from, to)),
    changes,
    items: await toItems(projectId, shown.slice(offset, end)),
    nextCursor: end < shown.length ? encodeCursor([end]) : null,
    total: shown.length,
  };
}

type LoadedAudit = Awaited<ReturnType<typeof loadAudit>>;

async function loadAudit(auditId: string) {
  const [[summary], row] = await Promise.all([
    loadSummaries([auditId]),
    db().audit.findFirst({
      where: { id: auditId },
      select: {
        number: true,
        branch: true,
        policy: true,
        rulePackVersion: true,
        coverageHash: true,
        demotedRules: true,
        enabledMagics: true,
        magicResults: true,
      },
    }),
  ]);
  if (!summary || !row) throw new AppError('not_found', 'no such audit');
  if (summary.status !== 'completed' && summary.status !== 'partial') {
    throw new AppError('unprocessable', `audit ${summary.number} has no result to compare`, {
      details: { reason: 'no_result', number: summary.number },
    });
  }
  const { magicResults, policy, ...rest } = row;
  const magics = await Promise.all(
    magicResults.map(async ({ magic, status, score, coverage, result, findings }) => ({
      magic: magic as MagicId,
      status: status as NonNullable<ComparedMagic['to']>['status'],
      score,
      coverage,
      rules: (result as unknown as StoredResult | null)?.rules ?? [],
      ignored: (result as unknown as StoredResult | null)?.ignored ?? null,
      ...(await unpackFindings(findings)),
    })),
  );
  return { summary, policy: Policy.parse(policy), magics, ...rest };
}

function sideOf({ magics, policy }: LoadedAudit): Side {
  return {
    isLookedAt: looksAt(policy, magics.find(({ ignored }) => ignored !== null)?.ignored ?? null),
    findings: magics.flatMap(({ findings }) => findings),
    suppressed: magics.flatMap(({ suppressed }) => suppressed),
    rules: magics.flatMap(({ rules }) => rules),
  };
}

/** Fingerprints of `to` as `from` knew them, where a file moved on the way. */
async function loadMoves(projectId: string, from: LoadedAudit, to: LoadedAudit): Promise<Map<string, string>> {
  const [older, newer] = from.number <= to.number ? [from, to] : [to, from];
  const between = await db().audit.findMany({
    where: {
      projectId,
      branch: { in: [older.branch, newer.branch] },
      number: { gt: older.number, lte: newer.number },
      NOT: { renames: { equals: [] } },
    },
    orderBy: { number: 'desc' },
    take: MOST_BETWEEN,
    select: { magicResults: { select: { findings: true } } },
  });
  let moves = new Map<string, string>();
  for (const { magicResults } of between) {
    const step = new Map<string, string>();
    for (const { findings: packed } of magicResults) {
      const { findings, suppressed } = await unpackFindings(packed);
      for (const { fingerprint, formerFingerprint } of [...findings, ...suppressed]) {
        if (formerFingerprint !== undefined) step.set(fingerprint, formerFingerprint);
      }
    }
    const next = new Map(step);
    for (const before of moves.values()) next.delete(before);
    for (const [now, before] of moves) next.set(now, step.get(before) ?? before);
    moves = next;
  }
  return older === from ? moves : new Map([...moves].map(([now, before]) => [before, now]));
}

function compareMagic(magic: MagicId, from: LoadedAudit, to: LoadedAudit): ComparedMagic[] {
  const [old, now] = [from, to].map(({ magics }) => magics.find((one) => one.magic === magic));
  if (!old && !now) return [];
  const sideOf = (one: typeof old) => (one ? { status: one.status, score: one.score, coverage: one.coverage } : null);
  const [before, after] = [byRule(old?.rules ?? []), byRule(now?.rules ?? [])];
  const ownRules = [...to.policy.ownRules, ...from.policy.ownRules];
  const ruleIds = [...new Set([...before.keys(), ...after.keys()])].sort();
  return [
    {
      magic,
      from: sideOf(old),
      to: sideOf(now),
      change: changeOf(old?.score, now?.score),
      rules: ruleIds.map((ruleId) =>
        compareRule(findRuleIn(ownRules, ruleId), ruleId, before.get(ruleId), after.get(ruleId)),
      ),
    },
  ];
}

function compareRule(
  rule: Rule | null,
  ruleId: string,
  old: RuleResult | undefined,
  now: RuleResult | undefined,
): ComparedRule {
  const sideOf = (rule: RuleResult | undefined) =>
    rule ? { outcome: rule.outcome, value: rule.value, score: rule.score, findings: rule.findings } : null;
  const [from, to] = [sideOf(old), sideOf(now)];
  return {
    ruleId,
    title: rule?.title ?? null,
    limits: rule?.limits ? { per: rule.limits.per, good: rule.limits.good, bad: rule.limits.bad } : null,
    from,
    to,
    isChanged: from?.outcome !== to?.outcome || from?.value !== to?.value || from?.score !== to?.score,
  };
}

const byRule = (rules: readonly RuleResult[]) => new Map(rules.map((rule) => [rule.ruleId, rule]));

/** Why a difference of scores may not be one of the code. */
function differencesOf(from: LoadedAudit, to: LoadedAudit, policy: AuditComparison['policy']): Sentence[] {
  const differences: Sentence[] = [];
  if (from.rulePackVersion === null || to.rulePackVersion === null) {
    differences.push({ id: 'rule-pack-unknown', data: {} });
  } else if (from.rulePackVersion !== to.rulePackVersion) {
    differences.push({ id: 'rule-pack', data: { from: from.rulePackVersion, to: to.rulePackVersion } });
  }
  const judging = policy.filter(({ setting }) => !setting.startsWith('gate.'));
  if (judging.length > 0) differences.push({ id: 'policy', data: { count: judging.length } });
  const [asked, askedNow] = [from, to].map(({ enabledMagics }) => [...enabledMagics].sort().join(' '));
  if (asked !== askedNow) differences.push({ id: 'magics', data: {} });
  for (const { summary, number } of [from, to]) {
    if (summary.status === 'partial') differences.push({ id: 'partial', data: { number } });
  }
  if ((from.coverageHash === null) !== (to.coverageHash === null)) {
    differences.push({ id: 'coverage-report', data: { number: from.coverageHash === null ? to.number : from.number } });
  }
  const demoted = new Set(from.demotedRules);
  const others = to.demotedRules.filter((rule) => !demoted.has(rule)).length;
  const count = others + from.demotedRules.filter((rule) => !to.demotedRules.includes(rule)).length;
  if (count > 0) differences.push({ id: 'demoted', data: { count } });
  return differences;
}

async function toItems(projectId: string, page: readonly FindingDifference[]): Promise<ComparedFinding[]> {
  const fingerprints = page.flatMap(({ finding, before }) => [finding.fingerprint, before?.fingerprint ?? '']);
  const rows = await db().finding.findMany({
    where: { projectId, fingerprint: { in: fingerprints } },
    select: { id: true, fingerprint: true },
  });
  const ids = new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
  return page.map(({ change, finding, before }) => ({
    change,
    findingId: ids.get(finding.fingerprint) ?? ids.get(before?.fingerprint ?? '') ?? null,
    fingerprint: finding.fingerprint,
    ruleId: finding.ruleId,
    magic: finding.magic,
    severity: finding.severity,
    severityBefore: change === 'severity_changed' ? (before?.severity ?? null) : null,
    path: finding.path,
    pathBefore: before && before.path !== finding.path ? before.path : null,
    startLine: finding.startLine,
    message: messageInAll(finding),
  }));
}

function statesOf(value: string | undefined): readonly ComparedState[] {
  if (value === undefined) return COMPARED_STATES.filter((state) => !QUIET.includes(state));
  if (value === 'all') return COMPARED_STATES;
  return (listOf(value, 'change', COMPARED_STATES) ?? []) as ComparedState[];
}

function changeOf(from: number | null | undefined, to: number | null | undefined): number | null {
  return from == null || to == null ? null : to - from;
}
