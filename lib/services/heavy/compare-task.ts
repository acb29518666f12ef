import { messageInAll } from '@/lib/i18n/rule-text';
import { noCounts } from '@/lib/magics/counts';
import { looksAt } from '@/lib/magics/looks-at';
import type { Policy } from '@/lib/magics/policy';
import type { MagicId, RuleResult } from '@/lib/magics/types';
import {
  type AuditComparison,
  COMPARED_STATES,
  type ComparedFinding,
  type ComparedMagic,
  type ComparedState,
} from '@/lib/schemas/comparisons';
import { chainMoves, type Moves, movesBetween } from '../audit-moves';
import { compareFindingSets, type FindingDifference, type Side } from '../finding-comparison';
import type { StoredResult } from '../magic-rows';
import { unpackFindings } from '../stored-findings';

/** A row of `audit_magics`, as text: read in the thread that works with it. */
interface KeptMagic {
  magic: MagicId;
  status: string;
  score: number | null;
  coverage: number | null;
  result: string | null;
  findings: Uint8Array | null;
}

/** Packed findings of an audit in which files had moved. */
type Step = readonly (Uint8Array | null)[];

export interface CompareTask {
  from: readonly KeptMagic[];
  to: readonly KeptMagic[];
  /** By which each was judged. */
  policies: { from: Policy; to: Policy };
  /** Since which both sides are told apart; each newest first. */
  moves: { from: readonly Step[]; to: readonly Step[] };
  states: readonly ComparedState[];
  magics: readonly string[] | null;
  offset: number;
  limit: number;
}

export interface ComparedMagicSide extends Omit<NonNullable<ComparedMagic['from']>, 'status'> {
  magic: MagicId;
  status: NonNullable<ComparedMagic['from']>['status'];
  rules: readonly RuleResult[];
}

export interface CompareAnswer extends Pick<AuditComparison, 'changes' | 'total'> {
  from: readonly ComparedMagicSide[];
  to: readonly ComparedMagicSide[];
  page: readonly (Omit<ComparedFinding, 'findingId'> & { fingerprintBefore: string | null })[];
}

/** What differs between what two audits found. */
export async function compareKept(task: CompareTask): Promise<CompareAnswer> {
  const { states, magics, offset, limit } = task;
  const from = await readSide(task.from, task.policies.from);
  const to = await readSide(task.to, task.policies.to);
  const moved = movesBetween(await readMoves(task.moves.from), await readMoves(task.moves.to));
  const all = compareFindingSets(from.side, to.side, moved);
  const changes = Object.fromEntries(COMPARED_STATES.map((state) => [state, noCounts()])) as AuditComparison['changes'];
  for (const { change, finding } of all) changes[change][finding.severity] += 1;
  const shown = all.filter(
    ({ change, finding }) => states.includes(change) && (!magics || magics.includes(finding.magic)),
  );
  return {
    from: from.magics,
    to: to.magics,
    changes,
    total: shown.length,
    page: shown.slice(offset, offset + limit).map(toItem),
  };
}

async function readSide(
  rows: readonly KeptMagic[],
  policy: Policy,
): Promise<{ magics: ComparedMagicSide[]; side: Side }> {
  let ignored: StoredResult['ignored'] = null;
  const magics: ComparedMagicSide[] = [];
  const side = { findings: [] as Side['findings'][number][], suppressed: [] as Side['suppressed'][number][] };
  for (const { magic, status, score, coverage, result, findings: packed } of rows) {
    const stored: StoredResult | null = result === null ? null : JSON.parse(result);
    ignored ??= stored?.ignored ?? null;
    magics.push({ magic, status: status as ComparedMagicSide['status'], score, coverage, rules: stored?.rules ?? [] });
    const { findings, suppressed } = await unpackFindings(packed);
    // Not spread into a call: an audit may have more findings than a call takes arguments.
    for (const finding of findings) side.findings.push(finding);
    for (const finding of suppressed) side.suppressed.push(finding);
  }
  const rules = magics.flatMap((one) => one.rules);
  return { magics, side: { ...side, rules, policy, isLookedAt: looksAt(policy, ignored) } };
}

async function readMoves(steps: readonly Step[]): Promise<Moves> {
  const read: Moves[] = [];
  for (const step of steps) {
    const moves = new Map<string, string>();
    for (const packed of step) {
      const { findings, suppressed } = await unpackFindings(packed);
      for (const { fingerprint, formerFingerprint } of [...findings, ...suppressed]) {
        if (formerFingerprint !== undefined) moves.set(fingerprint, formerFingerprint);
      }
    }
    read.push(moves);
  }
  return chainMoves(read);
}

function toItem({ change, finding, before }: FindingDifference): CompareAnswer['page'][number] {
  return {
    change,
    fingerprint: finding.fingerprint,
    fingerprintBefore: before?.fingerprint ?? null,
    ruleId: finding.ruleId,
    magic: finding.magic,
    severity: finding.severity,
    severityBefore: change === 'severity_changed' ? (before?.severity ?? null) : null,
    path: finding.path,
    pathBefore: before && before.path !== finding.path ? before.path : null,
    startLine: finding.startLine,
    message: messageInAll(finding),
  };
}
