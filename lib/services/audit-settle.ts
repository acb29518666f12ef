import { databaseTime, db, query, type Tx } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { addCounts, noCounts } from '@/lib/magics/counts';
import { type GateFacts, judgeGate } from '@/lib/magics/gate';
import { couldTell } from '@/lib/magics/judged-alike';
import { countAmong, isDecided } from '@/lib/magics/new-since';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { overallHealth } from '@/lib/magics/score';
import { type Finding, MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { magicsOf } from './audit-creation';
import { type JobRef, startNextAudits } from './audit-flow';
import { auditHash } from './audit-hash';
import { finishJob } from './audit-jobs';
import { dropOlderMaps } from './audit-maps';
import { NO_OBJECTS } from './audit-objects';
import type { AuditRun } from './audit-run';
import { askForAnswer } from './commit-answers';
import { appendEvidence } from './evidence-chain';
import { describeSettled } from './evidence-facts';
import { loadEvidenceKey } from './evidence-key';
import { compareFindings, type Matching, type MatchRequest, matchFindings, NO_MATCHING } from './finding-matching';
import { lockVerdicts } from './finding-verdicts';
import { type NewFindings, newBeforeOnCommit, newFindingsSince } from './gate-baseline';
import { newCoverageOf } from './gate-facts';
import { linkDuplicates } from './imported-duplicates';
import { loadJudged } from './judged-magics';
import type { StoredResult } from './magic-rows';
import { recordAuditNotices, recordFailedAudit } from './notifications/audit-notices';
import { matchWithBase } from './pull-request-changes';
import { askForRecheck } from './rechecks';

type Kept = Pick<StoredResult, 'score' | 'coverage'>;

/** Joins what the magics said: health, gate, new and fixed findings, result hash. */
export async function settleAudit(ref: JobRef, run: AuditRun): Promise<boolean> {
  const asked = MAGIC_IDS.filter((magic) => run.enabledMagics.includes(magic));
  const [key, judged, kept, baseline, failedJobs] = await Promise.all([
    loadEvidenceKey(),
    loadJudged(ref.auditId, ref.attempt),
    loadKept(run),
    loadBaseline(run),
    db().auditJob.count({ where: { auditId: ref.auditId, attempt: ref.attempt, status: 'failed' } }),
  ]);
  const missingMagics = asked.filter((magic) => !judged.some((one) => one.magic === magic));
  const isPartial = missingMagics.length > 0 || failedJobs > 0;
  const counts = noCounts();
  for (const { result } of judged) {
    for (const [severity, count] of Object.entries(result.counts)) counts[severity as keyof typeof counts] += count;
  }
  const partOf = (magic: MagicId) => {
    const said = asked.includes(magic) ? judged.find((one) => one.magic === magic)?.result : kept.get(magic);
    return { score: said?.score ?? null, coverage: said?.coverage ?? null, weight: magicWeight(run.policy, magic) };
  };
  const health = overallHealth(MAGIC_IDS.map(partOf));
  const leftOut = magicsOf(run.policy).filter((magic) => !asked.includes(magic)).length;
  const judgedHealth = leftOut > 0 ? overallHealth(asked.map(partOf)) : health;

  const since = run.gateBaselineId ? await newFindingsSince(run.gateBaselineId, run, judged) : null;
  // Another branch is compared with the project, which stays as it is however often the branch is judged.
  const newBefore = since === null && run.isMainBranch ? await newBeforeOnCommit(run) : [];
  const open = judged.flatMap(({ findings }) => findings);

  return finishJob(
    ref,
    { findings: Object.values(counts).reduce((sum, count) => sum + count, 0) },
    async (tx, audit) => {
      const { auditId, projectId } = audit;
      await lockVerdicts(tx, [projectId]);
      const matching = await matchingOf(tx, run, {
        auditId,
        projectId,
        judged,
        policy: run.policy,
        wasJudged: baseline.isJudged,
      });
      const verdict = judgeGate(run.policy.gate, {
        health: judgedHealth.score,
        coverage: judgedHealth.coverage,
        ...newIn(since, [...matching.newFindings, ...matching.reopenedFindings, ...newBefore], open),
        ...(!since && isBaselineAsked(run) && { baseline: null }),
        counts,
        scores: new Map(asked.map((magic) => [magic, partOf(magic).score])),
        newCoverage: newCoverageOf(judged.flatMap(({ result }) => result.rules)),
        changedLines: run.changedLines,
        missingMagics: isPartial && missingMagics.length === 0 ? ['facts'] : missingMagics,
        failedMagics: judged.filter(({ result }) => result.status === 'failed').map(({ magic }) => magic),
        isFirst: baseline.isEmpty && !run.pullRequest,
        leftOut,
      });
      const isJudged = judged.length > 0;
      // Nobody is let through by what a commit of last year was like.
      const hasVerdict = isJudged && run.asOf === null;
      const hash = isJudged && !isPartial ? auditHash(run, judged) : null;
      await tx.audit.update({
        where: { id: auditId },
        data: {
          status: isJudged ? (isPartial ? 'partial' : 'completed') : 'failed',
          healthScore: health.score,
          healthCoverage: health.coverage,
          gate: hasVerdict ? verdict.gate : null,
          gateReason: hasVerdict ? (verdict.reason as unknown as Prisma.InputJsonObject) : undefined,
          counts,
          ...matching,
          rulePackVersion: isJudged ? RULE_PACK_VERSION : null,
          resultHash: hash,
          errorCode: isJudged ? null : 'internal',
          endedAt: await databaseTime(tx),
          ...NO_OBJECTS,
        },
      });
      if (isJudged) {
        await dropOlderMaps(tx, auditId);
        const settled = { run, judged, missingMagics, isPartial, health, resultHash: hash };
        await appendEvidence(tx, await describeSettled(tx, settled), key);
      }
      if (run.isMainBranch && isJudged) {
        await tx.project.update({ where: { id: projectId }, data: { currentAuditId: auditId } });
      }
      if (isJudged) await recordAuditNotices(tx, { run, judged, matching });
      else await recordFailedAudit(tx, auditId, 'internal');
      if (hash !== null) await askForRecheck(tx, auditId);
      await startNextAudits(tx, projectId);
      await askForAnswer(tx, auditId);
    },
  );
}

/** Against the baseline, where there is one; of rules that cannot be held against it what audits since called new. */
function newIn(
  since: NewFindings | null,
  fresh: readonly string[],
  open: readonly Finding[],
): Pick<GateFacts, 'newCounts'> & Partial<Pick<GateFacts, 'baseline'>> {
  if (!since) return { newCounts: countAmong(fresh, open) };
  const others = countAmong([...fresh, ...since.newBetween], open.filter(since.isIncomparable));
  return { newCounts: addCounts(since.newCounts, others), baseline: since.baseline };
}

/** On the project's own branch a merge base is no other commit. */
function isBaselineAsked({ policy, isMainBranch, pullRequest }: AuditRun): boolean {
  if (pullRequest) return true;
  const { since } = policy.gate.newCode;
  return since !== 'previous' && !(since === 'merge_base' && isMainBranch);
}

async function matchingOf(tx: Tx, run: AuditRun, request: MatchRequest): Promise<Matching> {
  if (run.asOf) return NO_MATCHING;
  if (run.pullRequest) return matchWithBase(run, request.judged);
  if (!run.isMainBranch) return compareFindings(tx, request);
  const matching = await matchFindings(tx, request);
  await linkDuplicates(tx, request.projectId);
  return matching;
}

/** What earlier audits of the branch said last: a magic that is left out keeps its part in the health. */
async function loadKept({ projectId, auditId }: AuditRun): Promise<Map<MagicId, Kept>> {
  const rows = await query<Kept & { magic: MagicId }>`
    select distinct on (m.magic) m.magic, m.score, m.coverage
    from audits this
    join audits a on a.project_id = this.project_id and a.branch = this.branch and a.number < this.number
    join audit_magics m on m.audit_id = a.id and m.result is not null
    where this.id = ${auditId}::uuid and this.project_id = ${projectId}::uuid and a.status in ('completed', 'partial')
    order by m.magic, a.number desc`;
  return new Map(rows.map(({ magic, ...kept }) => [magic, kept]));
}

interface Baseline {
  /** Whether a finding's rule judged its path, and by what holds now. */
  isJudged: (finding: Finding) => boolean;
  isEmpty: boolean;
}

/** What the project's branch was judged by in the newest audit before this one, magic by magic. */
async function loadBaseline({ projectId, auditId, policy: now }: AuditRun): Promise<Baseline> {
  const rows = await query<Pick<StoredResult, 'rules'> & { magic: MagicId; policy: unknown }>`
    select asked.magic, before.* from unnest(${[...MAGIC_IDS]}::text[]) as asked (magic)
    cross join lateral (
      select m.result->'rules' as rules, a.policy
      from projects p
      join audits a on a.project_id = p.id and a.branch = p.branch and a.id <> ${auditId}::uuid
      join audit_magics m on m.audit_id = a.id and m.magic = asked.magic and m.result is not null
      where p.id = ${projectId}::uuid and a.status in ('completed', 'partial')
      order by a.number desc limit 1) before`;
  const byMagic = new Map(
    rows.map(({ magic, rules, policy }) => {
      const decided = new Set(rules.filter(isDecided).map(({ ruleId }) => ruleId));
      return [magic, { decided, couldTell: couldTell(Policy.parse(policy), now) }];
    }),
  );
  return {
    isJudged: (finding) => {
      const before = byMagic.get(finding.magic);
      return before?.decided.has(finding.ruleId) === true && before.couldTell(finding);
    },
    isEmpty: [...byMagic.values()].every(({ decided }) => decided.size === 0),
  };
}
