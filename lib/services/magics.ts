import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { reasonInAll } from '@/lib/i18n/rule-text';
import type { Magic, Rule } from '@/lib/magics/define';
import { withOwnRules } from '@/lib/magics/own-rules/to-rule';
import { DEFAULT_WEIGHTS } from '@/lib/magics/policy';
import { magicOf, magics } from '@/lib/magics/registry';
import { sharesOf } from '@/lib/magics/score';
import type { MagicId, RuleResult } from '@/lib/magics/types';
import type { AuditStatus } from '@/lib/schemas/common';
import type { MagicDetail, MagicView, RuleResultView } from '@/lib/schemas/magics';
import { requireProject } from './access';
import { FINDING_PARTS, toFindingView } from './finding-view';
import { loadMagicCards } from './magic-cards';
import type { StoredResult } from './magic-rows';
import { loadOwnRules } from './own-rules';
import { toRuleView } from './rule-view';

const FINDINGS_PER_RULE = 20;
const TREND_POINTS = 30;
/** What such an audit judged is on its own page; the project goes on showing the last result. */
const ENDED_EARLY: AuditStatus[] = ['cancelled', 'failed'];

/** The catalogue, in the fixed order. */
export function listMagics(): MagicView[] {
  return magics.map(toMagicView);
}

/** The catalogue with the rules that the team of a project wrote itself. */
export async function listProjectMagics(ctx: Context, projectId: string): Promise<MagicView[]> {
  const { teamId } = await requireProject(ctx, projectId, 'project.read');
  return listTeamMagics(ctx, teamId);
}

/** The catalogue with the rules that a team wrote itself. */
export async function listTeamMagics(ctx: Context, teamId: string): Promise<MagicView[]> {
  requirePermission(ctx, teamId, 'project.read');
  const ownRules = await loadOwnRules(teamId);
  return magics.map((magic) => toMagicView(withOwnRules(magic, ownRules)));
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

/** One magic's last result with the sum behind its score. */
export async function getMagicDetail(ctx: Context, projectId: string, magicId: MagicId): Promise<MagicDetail> {
  const { name: projectName, branch } = await requireProject(ctx, projectId, 'project.read');
  const judgedHere = {
    magic: magicId,
    audit: { projectId, branch, status: { notIn: ENDED_EARLY } },
    completedAt: { not: null },
  };
  const [latest, points] = await Promise.all([
    db().auditMagic.findFirst({
      where: { ...judgedHere, result: { not: Prisma.DbNull } },
      orderBy: { audit: { number: 'desc' } },
      select: { auditId: true, result: true, audit: { select: { number: true } } },
    }),
    db().auditMagic.findMany({
      where: judgedHere,
      orderBy: { audit: { number: 'desc' } },
      take: TREND_POINTS,
      select: { score: true, audit: { select: { number: true } } },
    }),
  ]);
  if (!latest) throw new AppError('not_found', 'this magic has judged nothing yet');

  const result = latest.result as unknown as StoredResult;
  const [cards, findings] = await Promise.all([
    loadMagicCards(projectId, latest.auditId),
    listOpenByRule(projectId, magicId),
  ]);
  const card = cards.find(({ magic }) => magic === magicId);
  if (!card) throw new AppError('not_found', 'this magic has judged nothing yet');
  const magic = withOwnRules(magicOf(magicId), result.ownRules ?? []);
  return {
    projectId,
    projectName,
    auditId: latest.auditId,
    auditNumber: latest.audit.number,
    card,
    magic: toMagicView(magic),
    cap: result.cap,
    rules: toRuleResults(magic, result.rules),
    findings,
    trend: points.map(({ audit, score }) => ({ number: audit.number, score })).reverse(),
  };
}

async function listOpenByRule(projectId: string, magic: MagicId): Promise<MagicDetail['findings']> {
  const first = await query<{ id: string }>`
    select id from (
      select id, row_number() over (partition by rule_id order by severity_rank, path, start_line, id) as place
      from findings where project_id = ${projectId}::uuid and magic = ${magic} and state not in ('fixed', 'suppressed')
        and (verdict is null or verdict_until < (now() at time zone 'utc')::date)) open
    where place <= ${FINDINGS_PER_RULE}`;
  const rows = await db().finding.findMany({
    include: FINDING_PARTS,
    where: { id: { in: first.map(({ id }) => id) } },
    orderBy: [{ severityRank: 'asc' }, { path: 'asc' }, { startLine: 'asc' }, { id: 'asc' }],
  });
  const byRule: MagicDetail['findings'] = {};
  for (const row of rows) {
    const list = byRule[row.ruleId] ?? [];
    byRule[row.ruleId] = list;
    list.push(toFindingView(row));
  }
  return byRule;
}

/** Adds to each rule the points it brings to the magic's uncapped score. */
export function toRuleResults(magic: Magic, rules: readonly RuleResult[]): RuleResultView[] {
  const byId = new Map<string, Rule>(magic.rules.map((rule) => [rule.id, rule]));
  const parts = rules.map(({ ruleId, score, weight }) => ({ group: byId.get(ruleId)?.group ?? '', score, weight }));
  const shares = sharesOf(parts, magic.groups);
  return rules.flatMap((result, place) => {
    const rule = byId.get(result.ruleId);
    if (!rule) return [];
    const share = result.score === null ? null : (shares[place] ?? 0);
    const contribution = share === null || result.score === null ? null : share * result.score;
    const { ruleId, reason } = result;
    const why = reason && { ...reason, text: reasonInAll({ ruleId, reason: reason.id, data: reason.data }) };
    // Results of earlier releases hold no suppressions.
    const suppressed = result.suppressed ?? 0;
    return [{ ...result, suppressed, reason: why, share, contribution, rule: toRuleView(rule) }];
  });
}
