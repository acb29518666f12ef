import { addCounts, noCounts } from '@/lib/magics/counts';
import type { Rule } from '@/lib/magics/define';
import { createJudge } from '@/lib/magics/evaluate';
import { type GateFacts, judgeGate } from '@/lib/magics/gate';
import { canonicalJson } from '@/lib/magics/hash';
import { couldTell, judgedAlike } from '@/lib/magics/judged-alike';
import { countAmong, countNewSince, isDecided } from '@/lib/magics/new-since';
import { isTextRule, selectionOf } from '@/lib/magics/own-rules/matcher';
import { withOwnRules } from '@/lib/magics/own-rules/to-rule';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { magicOf, RULE_PACK_VERSION } from '@/lib/magics/registry';
import { type AskRule, type KeptResult, type Rejudged, rejudge } from '@/lib/magics/rejudge';
import { type TeamView, viewRepository } from '@/lib/magics/repository-view';
import type { RuleRun } from '@/lib/magics/run-rule';
import { overallHealth } from '@/lib/magics/score';
import { type Finding, MAGIC_IDS, type MagicId, type Severity } from '@/lib/magics/types';
import type { PreviewState, ProjectPreview } from '@/lib/schemas/configuration';
import { newCoverageOf } from '../gate-facts';
import { factsToJudge, type KeptFacts, readKeptFacts } from '../kept-facts';
import type { StoredResult } from '../magic-rows';
import { unpackFindings } from '../stored-findings';

/** A row of `audit_magics`, as text: read in the thread that works with it. */
interface KeptMagic {
  magic: MagicId;
  result: string;
  findings: Uint8Array | null;
  policy: unknown;
  demotedRules: string[];
  /** Said by the audit itself, and by none before it. */
  isOwn: boolean;
}

export interface KeptAudit {
  /** By which the audit was judged. */
  before: unknown;
  after: unknown;
  magics: KeptMagic[];
  enabledMagics: string[];
  isPartial: boolean;
  isFirst: boolean;
  rulePackVersion: number | null;
  freshFingerprints: string[];
  changedLines: number | null;
  /** `previous`: as the branch's life has it. `missing`: there is none. `unknown`: only an audit can find it. */
  baseline:
    | 'previous'
    | 'missing'
    | 'unknown'
    | { auditId: string; number: number; magics: Omit<KeptMagic, 'isOwn'>[] };
  /** What rules are asked anew with; null while only what is kept of results counts. */
  facts: { kept: KeptFacts; team: TeamView } | null;
}

export type PreviewAnswer = Pick<
  ProjectPreview,
  'next' | 'appearing' | 'vanishing' | 'isExact' | 'isGateKnown' | 'needAudit'
> & {
  /** The repository asks for paths to be left out. */
  isIgnoring: boolean;
  /** The facts it was given are of another version, and were not asked. */
  areFactsOld: boolean;
};

type Judged = Rejudged & { magic: MagicId };

const NOTHING_KEPT: KeptResult = {
  rules: [],
  findings: [],
  suppressed: [],
  suppressions: [],
  words: [],
  ignored: null,
};

/** What an audit would have said under another policy. */
export async function previewAudit(kept: KeptAudit): Promise<PreviewAnswer> {
  const after = Policy.parse(kept.after);
  const needAudit: ProjectPreview['needAudit'] = [];
  if (kept.rulePackVersion !== RULE_PACK_VERSION) needAudit.push({ ruleId: '*', reason: 'other-version' });
  const before = Policy.parse(kept.before);
  const judge = await judgeOf(kept, after);
  const judged: Judged[] = [];
  const opened = new Map<string, Severity>();
  const fresh = new Set<string>(kept.freshFingerprints);
  const missing: MagicId[] = [];
  let isIgnoring = false;
  for (const id of MAGIC_IDS) {
    const isOn = after.magics[id]?.isEnabled !== false;
    const magic = withOwnRules(magicOf(id), after.ownRules);
    const row = kept.magics.find((one) => one.magic === id);
    // What a magic said before it was switched off is not about this commit.
    const isPast = row?.isOwn === false && before.magics[id]?.isEnabled === false;
    if (!row || isPast) {
      if (isOn && kept.enabledMagics.includes(id)) missing.push(id);
      else if (isOn) {
        const change = { before, after, demotedRules: kept.facts?.team.demotedRules ?? [] };
        const said = rejudge(magic, NOTHING_KEPT, change, asking(judge, before, after));
        needAudit.push(...said.needAudit);
        if (said.rules.length > 0) judged.push({ ...said, magic: id });
      }
      continue;
    }
    const result: StoredResult = JSON.parse(row.result);
    const found = await unpackFindings(row.findings);
    isIgnoring ||= result.ignored !== null;
    for (const { fingerprint, severity } of found.findings) opened.set(fingerprint, severity);
    if (!isOn) continue;
    const change = { before: Policy.parse(row.policy), after, demotedRules: row.demotedRules };
    const ask = row.isOwn ? asking(judge, change.before, after) : undefined;
    const said = rejudge(magic, { ...result, ...found }, change, ask);
    needAudit.push(...said.needAudit);
    judged.push({ ...said, magic: id });
    for (const fingerprint of freshIn(said.findings, { ...result, ...found }, change)) fresh.add(fingerprint);
  }
  const findings = judged.flatMap((one) => one.findings);
  const state = stateOf(judged, findings, after);
  const verdict = await gateOf({ ...kept, freshFingerprints: [...fresh] }, { after, judged, findings, missing, state });
  return {
    next: { ...state, ...verdict },
    ...turnover(opened, findings),
    isExact: needAudit.length === 0 && verdict.gate !== null,
    isGateKnown: verdict.gate !== null,
    needAudit,
    isIgnoring,
    areFactsOld: kept.facts !== null && judge === null,
  };
}

/** Judges a rule on the audit's facts; null when one of those it takes is not there. */
type Judge = (rule: Rule) => RuleRun | null;

async function judgeOf({ facts: given }: KeptAudit, after: Policy): Promise<Judge | null> {
  const read = given && (await readKeptFacts(given.kept));
  if (!read) return null;
  // Scores that another policy gave are none to a new one.
  const facts = { ...read.facts, scores: null };
  const view = viewRepository(facts, after, given.team);
  const { judge } = createJudge(facts, after, view);
  return (rule) => {
    const names = factsToJudge([rule], after, view.ignored !== null);
    return [...names].every((name) => read.known.has(name)) ? judge(rule) : null;
  };
}

function asking(judge: Judge | null, before: Policy, after: Policy): AskRule {
  return (rule) => (judge && wasAsked(rule, before, after) ? judge(rule) : null);
}

/** What no own rule looked for in the same files nobody knows. */
function wasAsked({ id }: Rule, before: Policy, after: Policy): boolean {
  const own = after.ownRules.find((one) => one.id === id);
  if (!own || !isTextRule(own)) return true;
  const asked = canonicalJson(selectionOf(own));
  return before.ownRules.some(
    (rule) => isTextRule(rule) && rule.isEnabled && canonicalJson(selectionOf(rule)) === asked,
  );
}

/**
 * Findings that would be new to the project, as in the audit after saving: let stand before, or not there before though their
 * rule judged their place by the same options and limits.
 */
function freshIn(
  findings: readonly Finding[],
  kept: KeptResult,
  { before, after }: Record<'before' | 'after', Policy>,
): string[] {
  const open = new Set(kept.findings.map(({ fingerprint }) => fingerprint));
  const appearing = findings.filter(({ fingerprint }) => !open.has(fingerprint));
  if (appearing.length === 0) return [];
  const suppressed = new Set(kept.suppressed.map(({ fingerprint }) => fingerprint));
  const decided = new Set(kept.rules.filter(isDecided).map(({ ruleId }) => ruleId));
  const couldHaveTold = couldTell(before, after);
  return appearing
    .filter((one) => suppressed.has(one.fingerprint) || (decided.has(one.ruleId) && couldHaveTold(one)))
    .map(({ fingerprint }) => fingerprint);
}

type Ungated = Omit<PreviewState, 'gate' | 'gateReason'>;

function stateOf(judged: readonly Judged[], findings: readonly Finding[], after: Policy): Ungated {
  const magics = MAGIC_IDS.map((magic) => {
    const said = judged.find((one) => one.magic === magic);
    const { status = 'not_applicable', score = null, coverage = null } = said ?? {};
    return { magic, status, score, coverage, weight: magicWeight(after, magic) };
  });
  const counts = noCounts();
  for (const { severity } of findings) counts[severity] += 1;
  const health = overallHealth(magics);
  return { healthScore: health.score, healthCoverage: health.coverage, counts, magics };
}

interface GateInput {
  after: Policy;
  judged: readonly Judged[];
  findings: readonly Finding[];
  missing: readonly MagicId[];
  state: Ungated;
}

async function gateOf(kept: KeptAudit, input: GateInput): Promise<Pick<PreviewState, 'gate' | 'gateReason'>> {
  const { baseline, changedLines } = kept;
  const { after, judged, missing, state } = input;
  if (baseline === 'unknown') return { gate: null, gateReason: null };
  const facts: GateFacts = {
    health: state.healthScore,
    coverage: state.healthCoverage ?? 0,
    counts: state.counts,
    scores: new Map(judged.map(({ magic, score }) => [magic, score])),
    newCoverage: newCoverageOf(judged.flatMap(({ rules }) => rules)),
    changedLines,
    missingMagics: kept.isPartial && missing.length === 0 ? ['facts'] : missing,
    failedMagics: judged.filter(({ status }) => status === 'failed').map(({ magic }) => magic),
    isFirst: kept.isFirst,
    ...(await newIn(kept, input)),
  };
  // Whether the change was small is not known: the verdict is only where it makes no difference.
  const verdicts = [changedLines ?? 0, changedLines ?? Number.MAX_SAFE_INTEGER].map((lines) =>
    judgeGate(after.gate, { ...facts, changedLines: lines }),
  );
  const [small, large] = verdicts;
  if (!large || small?.gate !== large.gate) return { gate: null, gateReason: null };
  const { also, conditions, ...reason } = large.reason;
  return {
    gate: large.gate,
    gateReason: { ...reason, conditions: [...conditions], ...(also && { also: [...also] }) },
  };
}

async function newIn(
  { baseline, freshFingerprints }: KeptAudit,
  { findings, after }: GateInput,
): Promise<Pick<GateFacts, 'newCounts' | 'baseline'>> {
  if (typeof baseline === 'object') {
    const { auditId, number, magics } = baseline;
    const old = await Promise.all(
      magics.map(async (row) => {
        const { rules }: StoredResult = JSON.parse(row.result);
        return {
          rules,
          ...(await unpackFindings(row.findings)),
          couldTell: couldTell(Policy.parse(row.policy), after),
        };
      }),
    );
    const alike = magics.map((row) => judgedAlike(Policy.parse(row.policy), after));
    const others = findings.filter(({ ruleId }) => alike.some((isAlike) => !isAlike(ruleId)));
    const newCounts = addCounts(countNewSince(old, findings), countAmong(freshFingerprints, others));
    return { newCounts, baseline: { auditId, number } };
  }
  const newCounts = countAmong(freshFingerprints, findings);
  return { newCounts, ...(baseline === 'missing' && { baseline: null }) };
}

/** Which findings would come and which would go. */
function turnover(
  before: ReadonlyMap<string, Severity>,
  findings: readonly Finding[],
): Pick<PreviewAnswer, 'appearing' | 'vanishing'> {
  const [appearing, vanishing] = [noCounts(), noCounts()];
  const left = new Map(before);
  for (const { fingerprint, severity } of findings) {
    if (!before.has(fingerprint)) appearing[severity] += 1;
    left.delete(fingerprint);
  }
  for (const severity of left.values()) vanishing[severity] += 1;
  return { appearing, vanishing };
}
