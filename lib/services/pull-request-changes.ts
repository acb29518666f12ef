import { db } from '@/lib/db/client';
import { noCounts } from '@/lib/magics/counts';
import { looksAt } from '@/lib/magics/looks-at';
import { Policy } from '@/lib/magics/policy';
import type { Finding } from '@/lib/magics/types';
import type { AuditRun } from './audit-run';
import { compareFindingSets, type FindingDifference, type Side } from './finding-comparison';
import { type Matching, NO_MATCHING } from './finding-matching';
import { loadJudged } from './judged-magics';
import type { JudgedMagic } from './magic-rows';

/** What a pull request does to the findings of its base, most severe first. */
export interface PullRequestChanges {
  new: Finding[];
  /** Let stand in the base, and no more. */
  reopened: Finding[];
  fixed: Finding[];
}

/** What became of the findings of the base, for the audit's row. */
export async function matchWithBase(run: AuditRun, judged: readonly JudgedMagic[]): Promise<Matching> {
  const base = run.gateBaselineId ? await loadSide(run.gateBaselineId, run.projectId) : null;
  if (!base) return NO_MATCHING;
  const changes = sortChanges(compareFindingSets(base, sideOf(judged, run.policy), movesOf(judged)));
  const newCounts = noCounts();
  for (const { severity } of [...changes.new, ...changes.reopened]) newCounts[severity] += 1;
  return {
    newFindings: changes.new.map(({ fingerprint }) => fingerprint),
    reopenedFindings: changes.reopened.map(({ fingerprint }) => fingerprint),
    newCounts,
    fixedCount: changes.fixed.length,
  };
}

/** Null where the audit of the base has no result, or is gone. */
export async function loadPullRequestChanges(audit: {
  id: string;
  projectId: string;
  attempt: number;
  policy: unknown;
  gateBaselineId: string | null;
}): Promise<PullRequestChanges | null> {
  const base = audit.gateBaselineId ? await loadSide(audit.gateBaselineId, audit.projectId) : null;
  if (!base) return null;
  const judged = await loadJudged(audit.id, audit.attempt);
  return sortChanges(compareFindingSets(base, sideOf(judged, Policy.parse(audit.policy)), movesOf(judged)));
}

async function loadSide(auditId: string, projectId: string): Promise<Side | null> {
  const audit = await db().audit.findFirst({
    where: { id: auditId, projectId, status: { in: ['completed', 'partial'] } },
    select: { attempt: true, policy: true },
  });
  return audit && sideOf(await loadJudged(auditId, audit.attempt), Policy.parse(audit.policy));
}

function sideOf(judged: readonly JudgedMagic[], policy: Policy): Side {
  return {
    findings: judged.flatMap(({ findings }) => findings),
    suppressed: judged.flatMap(({ suppressed }) => suppressed),
    rules: judged.flatMap(({ result }) => result.rules),
    policy,
    isLookedAt: looksAt(policy, judged.find(({ result }) => result.ignored)?.result.ignored ?? null),
  };
}

/** Fingerprint under today's path to the one before the file moved. */
function movesOf(judged: readonly JudgedMagic[]): Map<string, string> {
  const moves = new Map<string, string>();
  for (const { findings, suppressed } of judged) {
    for (const { fingerprint, formerFingerprint } of [...findings, ...suppressed]) {
      if (formerFingerprint !== undefined) moves.set(fingerprint, formerFingerprint);
    }
  }
  return moves;
}

function sortChanges(differences: readonly FindingDifference[]): PullRequestChanges {
  const of = (wanted: FindingDifference['change']) =>
    differences.filter(({ change }) => change === wanted).map(({ finding }) => finding);
  return { new: of('new'), reopened: of('open_again'), fixed: of('fixed') };
}
