import { gzipSync } from 'node:zlib';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import {
  type Finding,
  MAGIC_IDS,
  type MagicId,
  type MagicResult,
  type RuleOutcome,
  SEVERITIES,
} from '@/lib/magics/types';
import { addJobs, type JobRef } from '@/lib/services/audit-flow';
import { beginJob, finishJob } from '@/lib/services/audit-jobs';
import type { PackedMap } from '@/lib/services/audit-maps';
import { findRun } from '@/lib/services/audit-run';
import { settleAudit } from '@/lib/services/audit-settle';
import { requestAudit } from '@/lib/services/audits';
import { giveUpJob } from '@/lib/services/job-failure';
import { saveMagicResult } from '@/lib/services/magic-rows';

export const MARKER_RULE = 'integrity/no-unfinished-code';

/** A finding of a rule of the integrity magic; the name is its identity. */
export function markerFinding(name: string, change: Partial<Finding> = {}): Finding {
  return {
    ruleId: MARKER_RULE,
    magic: 'integrity',
    severity: 'medium',
    confidence: 0.9,
    path: `src/${name}.ts`,
    startLine: 2,
    endLine: 2,
    related: [],
    commits: [],
    messageId: 'marker',
    data: { marker: 'TODO' },
    evidence: null,
    fingerprint: name.padEnd(64, '0'),
    ...change,
  };
}

/** What a magic said, with these findings; rules without one passed. */
export function magicResult(
  magic: MagicId,
  findings: readonly Finding[] = [],
  { score = 90, outcomes = {} }: { score?: number | null; outcomes?: Record<string, RuleOutcome> } = {},
): MagicResult {
  const ruleIds = new Set([...findings.map(({ ruleId }) => ruleId), ...Object.keys(outcomes)]);
  const countOf = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    magic,
    magicVersion: 1,
    status: score === null ? 'inconclusive' : 'passed',
    score,
    coverage: 1,
    cap: null,
    subScores: [],
    rules: [...ruleIds].map((ruleId) => {
      const count = findings.filter((finding) => finding.ruleId === ruleId).length;
      return {
        ruleId,
        outcome: outcomes[ruleId] ?? (count > 0 ? 'failed' : 'passed'),
        value: count,
        population: null,
        good: 0,
        bad: 10,
        score,
        weight: 1,
        isInformational: false,
        findings: count,
        dropped: 0,
        suppressed: 0,
        reason: null,
        metrics: {},
      };
    }),
    findings: [...findings],
    suppressed: [],
    suppressions: [],
    words: [],
    ignored: null,
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, countOf(severity)])) as MagicResult['counts'],
    metrics: {},
    skipped: [],
    analysedFiles: 1,
    analysedCommits: 1,
  };
}

/** As if a judge had spoken, whatever the audit's jobs say. */
export async function storeResult(auditId: string, { findings, suppressed, ...result }: MagicResult): Promise<void> {
  await db().auditMagic.update({
    where: { auditId_magic: { auditId, magic: result.magic } },
    data: {
      status: result.status,
      score: result.score,
      coverage: result.coverage,
      result: { ...result, fixes: 0 } as unknown as Prisma.InputJsonObject,
      findings: new Uint8Array(gzipSync(JSON.stringify([...findings, ...suppressed]))),
      completedAt: new Date(),
    },
  });
}

interface JudgedAuditOptions {
  results: readonly MagicResult[];
  branch?: string;
  commitId?: string;
  /** Drawn by each of the magics. */
  map?: PackedMap;
  /** Magics that are asked and whose judges end their workers. */
  crashed?: readonly MagicId[];
}

/** Takes an audit through all its jobs, with these results; what reads repositories is left out. */
export async function runJudgedAudit(
  ctx: Context,
  projectId: string,
  { results, branch, commitId = 'c'.repeat(40), map, crashed = [] }: JudgedAuditOptions,
): Promise<string> {
  const enabledMagics = MAGIC_IDS.filter((id) => crashed.includes(id) || results.some(({ magic }) => magic === id));
  const request = { auditType: 'full', priority: 'normal', enabledMagics, ...(branch && { branch }) } as const;
  const { taskId: auditId } = await requestAudit(ctx, projectId, request, { trigger: 'manual' });
  const job = (stage: JobRef['stage'], key = ''): JobRef => ({ auditId, attempt: 1, stage, key });
  await beginJob(job('prepare'), 'worker');
  await finishJob(job('prepare'), {}, async (tx, audit) => {
    await tx.audit.update({ where: { id: auditId }, data: { commitId } });
    await addJobs(tx, audit, [{ stage: 'history', key: '' }]);
  });
  await beginJob(job('history'), 'worker');
  await finishJob(job('history'), {});
  for (const result of results) {
    const judge = job('judge', result.magic);
    await beginJob(judge, 'worker');
    await saveMagicResult(judge, result, { executionTimeMs: 1, stats: {}, topRisks: null, maps: map ? [map] : [] });
  }
  for (const magic of crashed) {
    await beginJob(job('judge', magic), 'worker');
    await giveUpJob(job('judge', magic), 'crashed');
  }
  const settle = job('settle');
  await beginJob(settle, 'worker');
  const run = await findRun(settle);
  if (!run) throw new Error('the audit ended before it was settled');
  await settleAudit(settle, run);
  return auditId;
}
