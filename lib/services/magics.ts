import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { reasonInAll } from '@/lib/i18n/rule-text';
import type { Magic, Rule } from '@/lib/magics/define';
import { DEFAULT_WEIGHTS } from '@/lib/magics/policy';
import { findRule, magicOf, magics } from '@/lib/magics/registry';
import type { MagicId, MagicResult, RuleResult } from '@/lib/magics/types';
import type { MagicDetail, MagicView, RuleResultView, RuleView } from '@/lib/schemas/magics';
import { toFindingView } from './findings';
import { loadMagicCards } from './magic-cards';

const FINDINGS_PER_RULE = 20;
const TREND_POINTS = 30;

/** The catalogue, in the fixed order. */
export function listMagics(): MagicView[] {
  return magics.map(toMagicView);
}

export function toMagicView(magic: Magic): MagicView {
  return {
    magic: magic.id,
    title: magic.title,
    says: magic.says,
    version: magic.version,
    weight: DEFAULT_WEIGHTS[magic.id],
    groups: magic.groups.map(({ id, title }) => ({ id, title })),
    rules: magic.rules.map(toRuleView),
  };
}

export function toRuleView(rule: Rule): RuleView {
  const { limits } = rule;
  return {
    ruleId: rule.id,
    catalogue: rule.catalogue,
    group: rule.group,
    severity: rule.severity,
    confidence: rule.confidence,
    weight: rule.weight,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    limits: limits && { per: limits.per, good: limits.good, bad: limits.bad },
    evidence: [...rule.needs],
    references: [...rule.references],
    tags: [...rule.tags],
  };
}

/** One magic's last result with the sum behind its score. */
export async function getMagicDetail(ctx: Context, projectId: string, magicId: MagicId): Promise<MagicDetail> {
  const project = await db().project.findUnique({ where: { id: projectId } });
  if (!project) throw new AppError('not_found', 'no such project');
  requirePermission(ctx, project.teamId, 'project.read');

  const judged = await db().auditMagic.findMany({
    where: { magic: magicId, audit: { projectId, branch: project.branch }, completedAt: { not: null } },
    orderBy: { audit: { number: 'desc' } },
    take: TREND_POINTS,
    select: { auditId: true, score: true, result: true, audit: { select: { number: true } } },
  });
  const latest = judged.find(({ result }) => result !== null);
  if (!latest) throw new AppError('not_found', 'this magic has judged nothing yet');

  const result = latest.result as unknown as Omit<MagicResult, 'findings'>;
  const [cards, findings] = await Promise.all([
    loadMagicCards(projectId, latest.auditId),
    listOpenByRule(projectId, magicId),
  ]);
  const card = cards.find(({ magic }) => magic === magicId);
  if (!card) throw new AppError('not_found', 'this magic has judged nothing yet');
  return {
    projectId,
    projectName: project.name,
    auditId: latest.auditId,
    auditNumber: latest.audit.number,
    card,
    magic: toMagicView(magicOf(magicId)),
    cap: result.cap,
    rules: toRuleResults(magicOf(magicId), result.rules),
    findings,
    trend: judged.map(({ audit, score }) => ({ number: audit.number, score })).reverse(),
  };
}

async function listOpenByRule(projectId: string, magic: MagicId): Promise<MagicDetail['findings']> {
  const rows = await db().finding.findMany({
    where: { projectId, magic, state: { not: 'fixed' } },
    orderBy: [{ severityRank: 'asc' }, { path: 'asc' }, { startLine: 'asc' }],
  });
  const byRule: MagicDetail['findings'] = {};
  for (const row of rows) {
    const list = byRule[row.ruleId] ?? [];
    byRule[row.ruleId] = list;
    if (list.length < FINDINGS_PER_RULE) list.push(toFindingView(row));
  }
  return byRule;
}

/** Adds to each rule the points it brings to the magic's uncapped score. */
export function toRuleResults(magic: Magic, rules: readonly RuleResult[]): RuleResultView[] {
  const shares = sharesOf(magic, rules);
  return rules.flatMap((result) => {
    const rule = findRule(result.ruleId);
    if (!rule) return [];
    const share = shares.get(result.ruleId);
    const contribution = share !== undefined && result.score !== null ? share * result.score : null;
    const { ruleId, reason } = result;
    const why = reason && { ...reason, text: reasonInAll({ ruleId, reason: reason.id, data: reason.data }) };
    return [{ ...result, reason: why, share: share ?? null, contribution, rule: toRuleView(rule) }];
  });
}

/** Share of each scored rule in its magic's mean, by rule id; they sum to 1. Mirrors `evaluate`. */
function sharesOf(magic: Magic, rules: readonly RuleResult[]): Map<string, number> {
  const scored = rules.filter(({ score }) => score !== null);
  const groupOf = (ruleId: string) => findRule(ruleId)?.group ?? '';
  const hasGroupWeights = magic.groups.some(({ weight }) => weight !== undefined);
  const weightIn = (group: string | null) =>
    scored
      .filter(({ ruleId }) => group === null || groupOf(ruleId) === group)
      .reduce((sum, { weight }) => sum + weight, 0);
  if (!hasGroupWeights) return new Map(scored.map(({ ruleId, weight }) => [ruleId, weight / weightIn(null)]));

  const groups = magic.groups.filter(({ id }) => weightIn(id) > 0);
  const total = groups.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
  const groupShare = new Map(groups.map(({ id, weight }) => [id, (weight ?? 1) / total]));
  return new Map(
    scored.map(({ ruleId, weight }) => {
      const group = groupOf(ruleId);
      return [ruleId, ((groupShare.get(group) ?? 0) * weight) / weightIn(group)];
    }),
  );
}
