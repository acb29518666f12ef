import { noCounts } from '@/lib/magics/counts';
import { type GateFacts, judgeGate } from '@/lib/magics/gate';
import { looksAt } from '@/lib/magics/looks-at';
import { countAmong, countNewSince } from '@/lib/magics/new-since';
import { withOwnRules } from '@/lib/magics/own-rules/to-rule';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { magicOf, RULE_PACK_VERSION } from '@/lib/magics/registry';
import { type Rejudged, rejudge } from '@/lib/magics/rejudge';
import { overallHealth } from '@/lib/magics/score';
import { type Finding, MAGIC_IDS, type MagicId, type Severity } from '@/lib/magics/types';
import type { PreviewState, ProjectPreview } from '@/lib/schemas/configuration';
import { newCoverageOf } from '../gate-facts';
import type { StoredResult } from '../magic-rows';
import { unpackFindings } from '../stored-findings';

/** A row of `audit_magics`, as text: read in the thread that works with it. */
interface KeptMagic {
  magic: MagicId;
  result: string;
  findings: Uint8Array | null;
  policy: unknown;
  demotedRules: string[];
}

export interface KeptAudit {
  after: unknown;
  magics: KeptMagic[];
  enabledMagics: string[];
  isPartial: boolean;
  isFirst: boolean;
  rulePackVersion: number | null;
  freshFingerprints: string[];
  changedLines: number | null;
  /** `previous`: as the branch's life has it. `missing`: there is none. `unknown`: only an audit can find it. */
  baseline: 'previous' | 'missing' | 'unknown' | { auditId: string; number: number; magics: KeptMagic[] };
}

export type PreviewAnswer = Pick<
  ProjectPreview,
  'next' | 'appearing' | 'vanishing' | 'isExact' | 'isGateKnown' | 'needAudit'
>;

type Judged = Rejudged & { magic: MagicId };

/** What an audit would have said under another policy. */
export async function previewAudit(kept: KeptAudit): Promise<PreviewAnswer> {
  const after = Policy.parse(kept.after);
  const needAudit: ProjectPreview['needAudit'] = [];
  if (kept.rulePackVersion !== RULE_PACK_VERSION) needAudit.push({ ruleId: '*', reason: 'other-version' });
  const judged: Judged[] = [];
  const opened = new Map<string, Severity>();
  const missing: MagicId[] = [];
  for (const magic of MAGIC_IDS) {
    const isOn = after.magics[magic]?.isEnabled !== false;
    const row = kept.magics.find((one) => one.magic === magic);
    if (!row) {
      if (isOn && kept.enabledMagics.includes(magic)) missing.push(magic);
      else if (isOn) for (const { id } of magicOf(magic).rules) needAudit.push({ ruleId: id, reason: 'switched-on' });
      continue;
    }
    const result: StoredResult = JSON.parse(row.result);
    const found = await unpackFindings(row.findings);
    for (const { fingerprint, severity } of found.findings) opened.set(fingerprint, severity);
    if (!isOn) continue;
    const change = { before: Policy.parse(row.policy), after, demotedRules: row.demotedRules };
    const said = rejudge(withOwnRules(magicOf(magic), after.ownRules), { ...result, ...found }, change);
    needAudit.push(...said.needAudit);
    judged.push({ ...said, magic });
  }
  const findings = judged.flatMap((one) => one.findings);
  const state = stateOf(judged, findings, after);
  const verdict = await gateOf(kept, { after, judged, findings, missing, state });
  return {
    next: { ...state, ...verdict },
    ...turnover(opened, findings),
    isExact: needAudit.length === 0 && verdict.gate !== null,
    isGateKnown: verdict.gate !== null,
    needAudit,
  };
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

async function gateOf(
  kept: KeptAudit,
  { after, judged, findings, missing, state }: GateInput,
): Promise<Pick<PreviewState, 'gate' | 'gateReason'>> {
  const { baseline, changedLines } = kept;
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
    ...(await newIn(kept, findings)),
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
  findings: readonly Finding[],
): Promise<Pick<GateFacts, 'newCounts' | 'baseline'>> {
  if (typeof baseline === 'object') {
    const { auditId, number, magics } = baseline;
    const old = await Promise.all(
      magics.map(async (row) => {
        const { rules, ignored }: StoredResult = JSON.parse(row.result);
        const isLookedAt = looksAt(Policy.parse(row.policy), ignored);
        return { rules, ...(await unpackFindings(row.findings)), isLookedAt };
      }),
    );
    return { newCounts: countNewSince(old, findings), baseline: { auditId, number } };
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
