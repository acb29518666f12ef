import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { PRESETS, type PresetId } from '@/lib/magics/presets';
import { type PolicyEvidence, type RecommendedChoice, recommendPolicy } from '@/lib/magics/recommend';
import type { MagicId, RuleResult } from '@/lib/magics/types';
import { Configuration, type RecommendedPolicy } from '@/lib/schemas/configuration';
import { differencesOf } from '@/lib/schemas/differences';
import { requireProject } from './access';
import { presetConfiguration, readConfiguration } from './configuration-layers';
import { newCoverageOf } from './gate-facts';
import type { StoredResult } from './magic-rows';

const JUDGING = ['strictness', 'focusAreas', 'magics'] as const;

/** A preset and changes to it that suit what the newest audit found, each with its reason. */
export async function getRecommendedPolicy(ctx: Context, projectId: string): Promise<RecommendedPolicy> {
  const project = await requireProject(ctx, projectId, 'project.read');
  const team = readConfiguration(project.team.policy);
  const known = await loadEvidence(project.currentAuditId);
  const { preset, reason, choices } = recommendPolicy(known, focusOf);
  const configuration = withChoices(team, preset, choices);
  const { hasNewCoverage: _, health: __, ...evidence } = known;
  return {
    projectId,
    preset,
    configuration,
    differences: differencesOf(team, configuration),
    presetReason: reason,
    choices,
    evidence: {
      auditId: project.currentAuditId,
      languages: (project.stack as { language: string }[]).map(({ language }) => language),
      ...evidence,
    },
  };
}

function focusOf(preset: PresetId): readonly MagicId[] {
  const settings = PRESETS[preset];
  return 'focusAreas' in settings ? settings.focusAreas : [];
}

/** The team's, judging as the preset does, with the choices. */
function withChoices(team: Configuration, preset: PresetId, choices: readonly RecommendedChoice[]): Configuration {
  const start = presetConfiguration(preset);
  const judging = Object.fromEntries(JUDGING.map((section) => [section, start[section]]));
  const configuration = structuredClone({ ...team, ...judging });
  for (const { path, value } of choices) setAt(configuration, path.split('.'), value);
  return Configuration.parse(configuration);
}

function setAt(target: object, names: readonly string[], value: unknown): void {
  const [name = '', ...rest] = names;
  const row = target as Record<string, unknown>;
  if (rest.length === 0) row[name] = value;
  else {
    row[name] ??= {};
    setAt(row[name] as object, rest, value);
  }
}

async function loadEvidence(auditId: string | null): Promise<PolicyEvidence> {
  const audit = auditId
    ? await db().audit.findFirst({
        where: { id: auditId },
        select: { stats: true, healthScore: true, magicResults: { select: { result: true } } },
      })
    : null;
  const stats = (audit?.stats ?? {}) as Record<string, number>;
  const rules = (audit?.magicResults ?? []).flatMap(
    ({ result }) => (result as unknown as StoredResult | null)?.rules ?? [],
  );
  const share = newCoverageOf(rules);
  return {
    codeLines: stats.codeLines ?? null,
    commits: stats.commits ?? null,
    authors: stats.contributors ?? null,
    tests: stats.tests ?? null,
    hasPipeline: isAsked(rules, 'flow/has-pipeline', ({ value }) => value !== null && value > 0),
    // It also fails where a licence is there and something else says otherwise.
    hasLicence: isAsked(rules, 'integrity/has-licence', ({ outcome }) => outcome === 'passed'),
    hasNewCoverage: typeof share === 'number',
    health: audit?.healthScore ?? null,
  };
}

/** What a rule says of it; null where the rule could not be judged. */
function isAsked(rules: readonly RuleResult[], ruleId: string, isSo: (rule: RuleResult) => boolean): boolean | null {
  const rule = rules.find((one) => one.ruleId === ruleId);
  return rule && (rule.outcome === 'passed' || rule.outcome === 'failed') ? isSo(rule) : null;
}
