import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { loadAdvisories } from '@/lib/advisories/load-advisories';
import { AppError } from '@/lib/errors';
import { openDirectoryCache } from '@/lib/facts/cache/directory-cache';
import { createNoCache } from '@/lib/facts/cache/memory-cache';
import { createBlobPool } from '@/lib/facts/code/blob-pool';
import { endEarly } from '@/lib/facts/code/blob-worker';
import { type CoverageReport, hashOfReport } from '@/lib/facts/coverage/coverage-report';
import { parseUpload } from '@/lib/facts/coverage/parse-upload';
import { MAX_REPORT_CHARACTERS } from '@/lib/facts/coverage/report-line';
import { type CommitPlan, type Progress, planCommit, readFacts } from '@/lib/facts/read-repository';
import { type CommitFixes, fixCommit } from '@/lib/fixes/fix-commit';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { countBySeverity } from '@/lib/magics/counts';
import { judgeGate } from '@/lib/magics/gate';
import { type Judgement, judgeAll } from '@/lib/magics/judge-all';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { magicOf, RULE_PACK_VERSION } from '@/lib/magics/registry';
import { type Language, type MagicId, SEVERITIES } from '@/lib/magics/types';
import { type AuditReport, findingsOf, type NewSince } from '@/lib/reports/audit-report';
import type { BillOfMaterialsInput } from '@/lib/reports/cyclonedx';
import type { AuditArguments } from './arguments';
import { openTarget } from './audit-target';
import { findNewSince } from './new-findings';

export interface AuditOptions
  extends Pick<
      AuditArguments,
      'path' | 'ref' | 'magics' | 'failUnder' | 'strictness' | 'cache' | 'advisories' | 'coverage'
    >,
    Partial<Pick<AuditArguments, 'uncommitted' | 'newSince' | 'failOnNew'>> {
  language: Language;
  /** As Git names it to its hooks. */
  indexFile?: string | undefined;
  /** Rules whose findings are mended, by id; none otherwise. */
  fixRules?: readonly string[];
  /** Worker threads; otherwise one for each megabyte to read, and at most one a core. */
  threads?: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** A report, and what a bill of materials is built from. */
export interface LocalAudit extends AuditReport, Pick<BillOfMaterialsInput, 'now' | 'dependencies' | 'lockFiles'> {
  mended: CommitFixes | null;
}

const BYTES_A_THREAD = 1_000_000;

/** Audits one commit of a local repository, the same way the server does. */
export async function runAudit(options: AuditOptions): Promise<LocalAudit> {
  const { language, signal, onProgress } = options;
  const startedAt = performance.now();
  const startedCpu = process.cpuUsage();
  const advisories = options.advisories === undefined ? null : await loadAdvisories(options.advisories);
  const coverage = options.coverage === undefined ? null : await loadCoverage(options.coverage);
  await using target = await openTarget(options, signal);
  const { repository } = target;
  const cache = options.cache === undefined ? createNoCache() : await openDirectoryCache(resolve(options.cache));
  const plan = await planCommit({ repository, cache, signal }, target.ref, { onBranch: target.branch });
  if (plan.missing.length === 0) await endEarly();
  const pool = createBlobPool({ threads: options.threads ?? threadsFor(plan) });
  try {
    const context = { repository, cache, pool, advisories, coverage, signal, onProgress };
    const { facts, stats } = await readFacts(context, plan);
    onProgress?.({ step: 'assemble', done: 1, total: 1 });
    const policy = policyOf(options);
    const judgement = judgeAll(facts, policy, options.magics, coverage && hashOfReport(coverage));
    const { commit } = facts;
    const { results } = judgement;
    const { newSince: since, magics } = options;
    const newSince =
      since === undefined
        ? undefined
        : await findNewSince({ context, target, commit, results, since, policy, magics, coverage });
    const wanted = new Set(options.fixRules);
    const findings = findingsOf(judgement.results).filter(({ ruleId }) => wanted.has(ruleId));
    const mended = options.fixRules ? await fixCommit(repository, plan.tree, findings, signal) : null;
    const { user, system } = process.cpuUsage(startedCpu);
    return {
      project: basename(repository.source.gitDir.replace(/\/?\.git$/, '')) || 'repository',
      commit: facts.commit,
      branch: plan.branch,
      resultHash: judgement.resultHash,
      rulePackVersion: RULE_PACK_VERSION,
      health: judgement.health,
      coverage: judgement.coverage,
      gate: gateOf(judgement, policy, language, newSince),
      ...(target.uncommitted && { uncommitted: target.uncommitted }),
      ...(newSince && { newSince }),
      results: judgement.results,
      weights: Object.fromEntries(judgement.results.map(({ magic }) => [magic, magicWeight(policy, magic)])),
      stats: {
        files: stats.files,
        lines: stats.lines,
        commits: stats.commits,
        cpuMs: Math.round((user + system) / 1000),
        wallMs: Math.round(performance.now() - startedAt),
        maxRssBytes: process.resourceUsage().maxRSS * 1024,
      },
      fixes: mended && new Map(mended.files.flatMap(({ fixes }) => fixes.map((fix) => [fix.fingerprint, fix]))),
      mended,
      language,
      now: facts.now,
      dependencies: facts.dependencies ?? [],
      lockFiles: facts.lockFiles ?? [],
    };
  } finally {
    await pool.close();
  }
}

/** Throws `unprocessable` with the line of the first fault. */
async function loadCoverage(path: string): Promise<CoverageReport> {
  const { size } = await stat(path);
  if (size > MAX_REPORT_CHARACTERS) throw new AppError('payload_too_large', 'the report is too large');
  return parseUpload(await readFile(path));
}

/** Starting a thread costs as much as parsing some hundred kilobytes. */
function threadsFor({ missing }: CommitPlan): number {
  const bytes = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return Math.min(availableParallelism(), Math.ceil(bytes / BYTES_A_THREAD));
}

function policyOf({ strictness, failUnder, failOnNew }: AuditOptions): Policy {
  const policy = Policy.parse(strictness === undefined ? {} : { strictness });
  const { gate } = policy;
  const none = { warn: null, fail: 0 };
  const grave = failOnNew === undefined ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOnNew) + 1);
  return {
    ...policy,
    gate: {
      ...gate,
      ...(failUnder !== undefined && { health: { ...gate.health, fail: failUnder } }),
      ...(failOnNew !== undefined && { newFindings: Object.fromEntries(grave.map((severity) => [severity, none])) }),
    },
  };
}

/** Without a server there is no earlier audit: the gate looks at the whole, unless it was compared with a commit. */
function gateOf(
  { health, coverage, results }: Judgement,
  policy: Policy,
  language: Language,
  newSince: NewSince | undefined,
): AuditReport['gate'] {
  const { gate: t, severity: severities } = CLI_TEXTS[language];
  const broken = results.filter(({ status }) => status === 'error').map(({ magic }) => magic);
  const failed = results.filter(({ status }) => status === 'failed').map(({ magic }) => magic);
  const { gate, reason } = judgeGate(policy.gate, {
    health,
    coverage,
    newCounts: countBySeverity(newSince?.findings ?? []),
    missingMagics: broken,
    failedMagics: failed,
  });
  const { warn, fail } = policy.gate.health;
  const failUnder = fail ?? 0;
  const base = { gate, failUnder, isPassed: false };
  if (health === null) return { ...base, reason: t.nothing };
  const shown = health.toFixed(1);
  if (gate === 'failed') {
    const tooMany = reason.conditions.flatMap(({ id, severity, actual, status }) =>
      id === 'new-findings' && status === 'failed' && severity ? [t.newCount(actual ?? 0, severities[severity])] : [],
    );
    const sentences = [
      ...(newSince && tooMany.length > 0 ? [t.newFailed(tooMany, newSince.ref)] : []),
      ...(health < failUnder ? [t.failed(shown, String(failUnder))] : []),
    ];
    return { ...base, reason: sentences.join(t.also) };
  }
  const namesOf = (ids: readonly MagicId[]) => ids.map((id) => magicOf(id).title[language]).join(', ');
  if (broken.length > 0) return { ...base, reason: t.incomplete(namesOf(broken)) };
  const compared = newSince ? [t.newPassed(newSince.findings.length, newSince.ref)] : [];
  if (gate === 'passed') return { ...base, isPassed: true, reason: [t.passed(shown), ...compared].join(t.also) };
  const why: Record<string, string> = {
    'little-judged': t.littleJudged(String(reason.data.share)),
    'health-near': t.healthNear(String(warn ?? 0)),
    'magic-failed': t.magicFailed(namesOf(failed)),
  };
  const whys = [reason, ...(reason.also ?? [])].map(({ id }) => why[id] ?? id);
  return { ...base, isPassed: true, reason: [t.warning(shown, whys), ...compared].join(t.also) };
}
