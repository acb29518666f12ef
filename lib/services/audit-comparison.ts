import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { db, query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { Rule } from '@/lib/magics/define';
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
import { followMoves } from './audit-moves';
import { loadSummaries } from './audit-summaries';
import { decodeCursor, encodeCursor } from './cursor';
import { listOf } from './finding-filter';
import type { CompareAnswer, CompareTask } from './heavy/compare-task';
import { runHeavy } from './heavy/heavy-work';
import { judgingDifferences, policyDifferences } from './policy-differences';
import { createSharedReads } from './shared-reads';

const QUIET: readonly ComparedState[] = ['same', 'unknown'];
const Place = z.tuple([z.int().nonnegative()]);

/** What is asked for the same by several at once is compared once. */
const readShared = createSharedReads<CompareAnswer & { isWhole: boolean }>();

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
  const asked = { states, magics, offset, limit: filter.limit };
  const answer = await readShared(JSON.stringify([fromId, toId, asked]), async () => {
    const { isWhole, ...moves } = await followMoves(projectId, from, to);
    const [ofFrom, ofTo] = [await loadMagics(fromId), await loadMagics(toId)];
    const policies = { from: from.policy, to: to.policy };
    const told = await runHeavy(first.project.teamId, 'compare', { from: ofFrom, to: ofTo, policies, moves, ...asked });
    // How long it takes depends on what else the machine does.
    if (!told) throw new AppError('overloaded', 'the comparison took too long');
    return { ...told, isWhole };
  });
  const end = offset + filter.limit;
  const policy = policyDifferences(from.policy, to.policy);
  const ownRules = [...to.policy.ownRules, ...from.policy.ownRules];
  return {
    projectId,
    from: { ...from.summary, rulePackVersion: from.rulePackVersion },
    to: { ...to.summary, rulePackVersion: to.rulePackVersion },
    healthChange: changeOf(from.summary.healthScore, to.summary.healthScore),
    differences: [...differencesOf(from, to, policy), ...(answer.isWhole ? [] : [{ id: 'moves-unknown', data: {} }])],
    policy,
    magics: MAGIC_IDS.flatMap((magic) => compareMagic(magic, ownRules, answer)),
    changes: answer.changes,
    items: await toItems(projectId, answer.page),
    nextCursor: end < answer.total ? encodeCursor([end]) : null,
    total: answer.total,
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
        asOf: true,
        policy: true,
        rulePackVersion: true,
        coverageHash: true,
        demotedRules: true,
        enabledMagics: true,
        pullRequestId: true,
        gateBaselineId: true,
        project: { select: { branch: true } },
      },
    }),
  ]);
  if (!summary || !row) throw new AppError('not_found', 'no such audit');
  if (summary.status !== 'completed' && summary.status !== 'partial') {
    throw new AppError('unprocessable', `audit ${summary.number} has no result to compare`, {
      details: { reason: 'no_result', number: summary.number },
    });
  }
  const { policy, project, asOf, pullRequestId, gateBaselineId, ...rest } = row;
  const baseId = pullRequestId === null ? null : gateBaselineId;
  const place = { isMain: row.branch === project.branch, isPast: asOf !== null, baseId };
  return { auditId, summary, policy: Policy.parse(policy), ...place, ...rest };
}

function loadMagics(auditId: string): Promise<CompareTask['from'][number][]> {
  return query`
    select magic, status, score, coverage, result::text as result, findings from audit_magics
    where audit_id = ${auditId}::uuid`;
}

function compareMagic(magic: MagicId, ownRules: Policy['ownRules'], { from, to }: CompareAnswer): ComparedMagic[] {
  const [old, now] = [from, to].map((magics) => magics.find((one) => one.magic === magic));
  if (!old && !now) return [];
  const sideOf = (one: typeof old) => (one ? { status: one.status, score: one.score, coverage: one.coverage } : null);
  const [before, after] = [byRule(old?.rules ?? []), byRule(now?.rules ?? [])];
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
  const judging = judgingDifferences(policy);
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

async function toItems(projectId: string, page: CompareAnswer['page']): Promise<ComparedFinding[]> {
  const fingerprints = page.flatMap(({ fingerprint, fingerprintBefore }) => [fingerprint, fingerprintBefore ?? '']);
  const rows = await db().finding.findMany({
    where: { projectId, fingerprint: { in: fingerprints } },
    select: { id: true, fingerprint: true },
  });
  const ids = new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
  return page.map(({ fingerprintBefore, ...item }) => ({
    ...item,
    findingId: ids.get(item.fingerprint) ?? ids.get(fingerprintBefore ?? '') ?? null,
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
