import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { noCounts } from '@/lib/magics/counts';
import type { Rule } from '@/lib/magics/define';
import { canonicalJson } from '@/lib/magics/hash';
import { withOwnRules } from '@/lib/magics/own-rules/to-rule';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { magics as magicsOfAll } from '@/lib/magics/registry';
import type { TeamView } from '@/lib/magics/repository-view';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { GateReason } from '@/lib/schemas/audits';
import type { Counts } from '@/lib/schemas/common';
import {
  type Configuration,
  type ConfigurationPreview,
  MOST_PREVIEWED,
  type OverridePreviewRequest,
  type PreviewRequest,
  type PreviewState,
  type ProjectPreview,
} from '@/lib/schemas/configuration';
import { differencesOf } from '@/lib/schemas/differences';
import { requireProject } from './access';
import { checkConfiguration, checkOverride } from './configuration-check';
import {
  effectiveConfiguration,
  policyOf,
  readConfiguration,
  readOverride,
  withOverride,
} from './configuration-layers';
import { loadTeamView, type Rename } from './finding-verdicts';
import { findBaselineByDatabase, newBeforeOnCommit } from './gate-baseline';
import { runHeavy } from './heavy/heavy-work';
import type { KeptAudit, PreviewAnswer } from './heavy/preview-task';
import { factsToJudge, loadKeptFacts } from './kept-facts';
import { createSharedReads } from './shared-reads';
import { createTurnsByKey } from './turns';

/** Few enough that others get their turn in between, and that what they hold fits in memory. */
const CHUNK = 10;
/** Projects whose facts are not asked by then are told as not reached. */
const FACTS_BUDGET_MS = 4_500;
/** However long the rest took: a machine with much to do gets somewhere. */
const LEAST_FACTS_MS = 2_000;

interface Row {
  projectId: string;
  projectName: string;
  branch: string;
  policyOverride: unknown;
  auditId: string | null;
  number: number;
  endedAt: Date | null;
  status: string;
  policy: unknown;
  enabledMagics: string[];
  demotedRules: string[];
  rulePackVersion: number | null;
  healthScore: number | null;
  healthCoverage: number | null;
  gate: PreviewState['gate'];
  gateReason: GateReason | null;
  counts: Partial<Counts>;
  freshFingerprints: string[];
  changedLines: number | null;
  gateBaselineId: string | null;
}

type MagicRow = KeptAudit['magics'][number] & {
  projectId: string;
  status: string;
  score: number | null;
  coverage: number | null;
};

/** One of a team at a time: whoever types on ends their own, and keeps nobody of another team waiting. */
const takeTeamTurn = createTurnsByKey({ atOnce: 1, waiting: 20 });
/** What the settings in force say now is asked by every page that opens. */
const readShared = createSharedReads<ProjectPreview[]>();

/** What the newest audits of the team's projects would have said under another configuration, from what is kept of them. */
export async function previewConfiguration(
  ctx: Context,
  teamId: string,
  { configuration: asked, projectIds }: PreviewRequest,
  signal?: AbortSignal,
): Promise<ConfigurationPreview> {
  requirePermission(ctx, teamId, 'policy.manage');
  const configuration = checkConfiguration(asked);
  const [team, all] = await Promise.all([
    query<{ policy: unknown }>`select policy from teams where id = ${teamId}::uuid`,
    query<{ id: string }>`select id from projects where team_id = ${teamId}::uuid order by name, id`,
  ]);
  const known = new Set(all.map(({ id }) => id));
  const wanted = projectIds ? [...new Set(projectIds)] : all.map(({ id }) => id);
  if (wanted.some((id) => !known.has(id))) throw new AppError('not_found', 'projectIds: no such project of the team');
  const shown = wanted.slice(0, MOST_PREVIEWED);
  const afterOf = ({ policyOverride }: Row) => withOverride(configuration, readOverride(policyOverride));
  const differences = differencesOf(readConfiguration(team[0]?.policy), configuration);
  const preview = (stop?: AbortSignal) =>
    previewInTurn(teamId, (own) => previewAll({ teamId, ids: shown }, afterOf, own), stop);
  const key = () => JSON.stringify([teamId, canonicalJson(configuration), shown]);
  // What is shared goes on for the others when one of them leaves.
  const items = differences.length === 0 ? await readShared(key(), preview) : await preview(signal);
  return { items, leftOut: wanted.length - shown.length, differences };
}

/** The same for what one project sets for itself. */
export async function previewOverride(
  ctx: Context,
  projectId: string,
  { override: asked }: OverridePreviewRequest,
  signal?: AbortSignal,
): Promise<ConfigurationPreview> {
  const project = await requireProject(ctx, projectId, 'policy.manage');
  const team = readConfiguration(project.team.policy);
  const after = withOverride(team, checkOverride(team, asked));
  return {
    items: await previewInTurn(
      project.teamId,
      (own) => previewAll({ teamId: project.teamId, ids: [projectId] }, () => after, own),
      signal,
    ),
    leftOut: 0,
    differences: differencesOf(effectiveConfiguration(project), after),
  };
}

async function previewInTurn(
  teamId: string,
  run: (signal?: AbortSignal) => Promise<ProjectPreview[]>,
  signal?: AbortSignal,
): Promise<ProjectPreview[]> {
  try {
    return await takeTeamTurn(teamId, () => run(signal), signal);
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', 'nobody waits for the preview any more');
    throw error;
  }
}

type AfterOf = (row: Row) => Configuration;

interface Wanted {
  teamId: string;
  ids: readonly string[];
}

async function previewAll({ teamId, ids }: Wanted, afterOf: AfterOf, signal?: AbortSignal): Promise<ProjectPreview[]> {
  const startedAt = performance.now();
  const items: Previewed[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    signal?.throwIfAborted();
    items.push(...(await previewSome({ teamId, ids: ids.slice(start, start + CHUNK) }, afterOf, signal)));
  }
  const until = Math.max(startedAt + FACTS_BUDGET_MS, performance.now() + LEAST_FACTS_MS);
  const exact: ProjectPreview[] = [];
  for (const item of items) {
    signal?.throwIfAborted();
    exact.push(await askFacts(teamId, item, { afterOf, until, signal }));
  }
  return exact;
}

interface Previewed {
  preview: ProjectPreview;
  isIgnoring: boolean;
}

async function previewSome({ teamId, ids }: Wanted, afterOf: AfterOf, signal?: AbortSignal): Promise<Previewed[]> {
  const [rows, magics] = await Promise.all([loadRows(ids), loadMagics(ids)]);
  const magicsOf = ({ projectId }: Row) => magics.filter((one) => one.projectId === projectId);
  const audited = rows.filter(({ auditId }) => auditId !== null);
  const inputs = await Promise.all(audited.map((row) => toKept(row, policyOf(afterOf(row)), magicsOf(row))));
  const answers = inputs.length > 0 ? await runHeavy(teamId, 'preview', inputs, signal) : [];
  if (!answers) throw new AppError('overloaded', 'the preview took too long');
  const answerOf = new Map(audited.map((row, at) => [row.projectId, answers[at]]));
  return rows.map((row) => {
    const answer = answerOf.get(row.projectId);
    return answer
      ? { preview: toPreview(row, magicsOf(row), answer), isIgnoring: answer.isIgnoring }
      : { preview: withoutAudit(row), isIgnoring: false };
  });
}

interface Asking {
  afterOf: AfterOf;
  /** Of `performance.now()`. */
  until: number;
  signal: AbortSignal | undefined;
}

/** Asks rules that need more than what is kept of results, of the facts the audit left. */
async function askFacts(
  teamId: string,
  { preview, isIgnoring }: Previewed,
  { afterOf, until, signal }: Asking,
): Promise<ProjectPreview> {
  const { projectId, audit, needAudit } = preview;
  if (!audit || needAudit.length === 0) return preview;
  if (needAudit.some(({ reason }) => reason === 'other-version')) return { ...preview, notAsked: 'other-version' };
  if (performance.now() > until) return { ...preview, notAsked: 'no-time' };
  const [rows, magics] = await Promise.all([loadRows([projectId]), loadMagics([projectId])]);
  const row = rows[0];
  // Another audit has ended in between, and its page will ask again.
  if (row?.auditId !== audit.auditId) return { ...preview, notAsked: 'facts-gone' };
  const after = policyOf(afterOf(row));
  const kept = await loadKeptFacts(audit.auditId, factsToJudge(rulesIn(needAudit, after), after, isIgnoring));
  if (!kept) return { ...preview, notAsked: 'facts-gone' };
  const [input, team] = await Promise.all([toKept(row, after, magics), loadTeamViewOf(row, audit.auditId)]);
  const answers = await runHeavy(teamId, 'preview', [{ ...input, facts: { kept, team } }], signal);
  const answer = answers?.[0];
  if (!answer) return { ...preview, notAsked: 'no-time' };
  return answer.areFactsOld ? { ...preview, notAsked: 'facts-gone' } : toPreview(row, magics, answer);
}

function rulesIn(needAudit: ProjectPreview['needAudit'], after: Policy): Rule[] {
  const wanted = new Set(needAudit.map(({ ruleId }) => ruleId));
  return magicsOfAll.flatMap((magic) => withOwnRules(magic, after.ownRules).rules).filter(({ id }) => wanted.has(id));
}

/** The verdicts by which the audit was judged: what it would have said under another policy, and nothing else than that. */
async function loadTeamViewOf({ projectId }: Row, auditId: string): Promise<TeamView> {
  const audit = await db().audit.findFirstOrThrow({
    where: { id: auditId, projectId },
    select: { verdictsAt: true, verdictsHash: true, demotedRules: true, renames: true },
  });
  return loadTeamView({ ...audit, projectId, renames: audit.renames as unknown as Rename[] });
}

function withoutAudit({ projectId, projectName }: Row): ProjectPreview {
  return {
    projectId,
    projectName,
    audit: null,
    unavailable: { id: 'no-audit', data: {} },
    now: null,
    next: null,
    appearing: noCounts(),
    vanishing: noCounts(),
    isExact: false,
    isGateKnown: false,
    needAudit: [],
    notAsked: null,
  };
}

function toPreview(row: Row, magics: readonly MagicRow[], answer: PreviewAnswer): ProjectPreview {
  const { projectId, projectName, auditId, number, endedAt } = row;
  const { isIgnoring: _, areFactsOld: _old, ...told } = answer;
  return {
    projectId,
    projectName,
    audit: { auditId: auditId ?? '', number, endedAt: endedAt?.toISOString() ?? null },
    unavailable: null,
    now: stateNow(row, magics),
    ...told,
    notAsked: null,
  };
}

function stateNow(row: Row, magics: readonly MagicRow[]): PreviewState {
  const policy = Policy.parse(row.policy);
  return {
    healthScore: row.healthScore,
    healthCoverage: row.healthCoverage,
    gate: row.gate,
    gateReason: row.gateReason,
    counts: { ...noCounts(), ...row.counts },
    magics: MAGIC_IDS.map((magic) => {
      const {
        status = 'not_applicable',
        score = null,
        coverage = null,
      } = magics.find((one) => one.magic === magic) ?? {};
      return { magic, status, score, coverage, weight: magicWeight(policy, magic) };
    }),
  };
}

async function toKept(row: Row, after: Policy, magics: readonly MagicRow[]): Promise<KeptAudit> {
  const { projectId, auditId } = row;
  const newBefore = auditId ? await newBeforeOnCommit({ projectId, auditId }) : [];
  return {
    before: row.policy,
    after,
    facts: null,
    magics: magics.map(({ magic, result, findings, policy, demotedRules, isOwn }) => ({
      magic,
      result,
      findings,
      policy,
      demotedRules,
      isOwn,
    })),
    enabledMagics: row.enabledMagics,
    isPartial: row.status === 'partial',
    isFirst: row.gateReason?.data.isFirst === 1,
    rulePackVersion: row.rulePackVersion,
    freshFingerprints: [...row.freshFingerprints, ...newBefore],
    changedLines: row.changedLines,
    baseline: await baselineOf(row, after),
  };
}

/** On the project's own branch, of which these audits are, a merge base is no other commit. */
async function baselineOf(row: Row, after: Policy): Promise<KeptAudit['baseline']> {
  const { newCode } = after.gate;
  if (newCode.since === 'previous' || newCode.since === 'merge_base') return 'previous';
  const isAsJudged = canonicalJson(newCode) === canonicalJson(Policy.parse(row.policy).gate.newCode);
  const { projectId, branch } = row;
  const id = isAsJudged
    ? row.gateBaselineId
    : await findBaselineByDatabase({ projectId, auditId: row.auditId ?? '', branch, mainBranch: branch }, newCode);
  if (id === undefined) return 'unknown';
  const kept = id === null ? [] : await loadBaseline(id, projectId);
  const number = kept[0]?.number;
  return id === null || number === undefined ? 'missing' : { auditId: id, number, magics: kept };
}

function loadBaseline(auditId: string, projectId: string) {
  return query<Omit<KeptAudit['magics'][number], 'isOwn'> & { number: number }>`
    select a.number, a.policy, m.magic, m.result::text as result, m.findings, a.demoted_rules as "demotedRules"
    from audits a join audit_magics m on m.audit_id = a.id
    where a.id = ${auditId}::uuid and a.project_id = ${projectId}::uuid and m.result is not null`;
}

/** In the order of the ids. */
function loadRows(ids: readonly string[]): Promise<Row[]> {
  return query<Row>`
    select p.id as "projectId", p.name as "projectName", p.branch, p.policy_override as "policyOverride",
      a.id as "auditId", a.number, a.ended_at as "endedAt", a.status::text, a.policy,
      a.enabled_magics as "enabledMagics", a.demoted_rules as "demotedRules", a.rule_pack_version as "rulePackVersion",
      a.health_score as "healthScore", a.health_coverage as "healthCoverage", a.gate, a.gate_reason as "gateReason",
      a.counts, a.new_findings || a.reopened_findings as "freshFingerprints", a.changed_lines as "changedLines",
      a.gate_baseline_id as "gateBaselineId"
    from unnest(${ids}::uuid[]) with ordinality as asked (id, place)
    join projects p on p.id = asked.id
    left join audits a on a.id = p.current_audit_id
    order by asked.place`;
}

/** What the current audits said; of magics they left out, what was said last before. */
function loadMagics(ids: readonly string[]): Promise<MagicRow[]> {
  return query<MagicRow>`
    select p.id as "projectId", own.*
    from projects p
    join audits current on current.id = p.current_audit_id
    cross join unnest(${[...MAGIC_IDS]}::text[]) as asked (magic)
    cross join lateral (
      select m.magic, m.status, m.score, m.coverage, m.result::text as result, m.findings, a.policy,
        a.demoted_rules as "demotedRules", a.id = current.id as "isOwn"
      from audits a join audit_magics m on m.audit_id = a.id and m.magic = asked.magic
      where a.project_id = p.id and m.result is not null and (a.id = current.id
        or a.branch = current.branch and a.number < current.number and a.status in ('completed', 'partial')
          and asked.magic <> all(current.enabled_magics))
      order by a.number desc limit 1) own
    where p.id = any(${ids}::uuid[])`;
}
