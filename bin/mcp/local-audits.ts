import type { Progress } from '@/lib/facts/read-repository';
import { messageOf } from '@/lib/i18n/rule-text';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import { type Finding, type Language, MAGIC_IDS, SEVERITIES, type Severity } from '@/lib/magics/types';
import { findingsOf, ownRulesOf, stateOfFinding } from '@/lib/reports/audit-report';
import { type LocalAudit, runAudit } from '../run-audit';
import { ToolRefusal } from './tool-answer';

export interface LocalRequest {
  /** Real path of the repository. */
  path: string;
  what: 'working-tree' | 'staged' | 'head';
  newSince: string | undefined;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export type LocalAudits = ReturnType<typeof createLocalAudits>;

const MAX_KEPT = 5;

/** Audits one repository after the other, and keeps the last few for questions about their findings. */
export function createLocalAudits({ language, cache }: { language: Language; cache: string | undefined }) {
  const kept = new Map<string, LocalAudit>();
  let last: Promise<unknown> = Promise.resolve();

  const audit = async ({ path, what, newSince, signal, onProgress }: LocalRequest): Promise<LocalAudit> => {
    signal.throwIfAborted();
    const report = await runAudit({
      path,
      ref: undefined,
      uncommitted: what === 'head' ? undefined : what,
      newSince,
      magics: MAGIC_IDS,
      failUnder: undefined,
      strictness: undefined,
      advisories: undefined,
      coverage: undefined,
      cache,
      language,
      signal,
      onProgress,
    });
    kept.delete(path);
    kept.set(path, report);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return report;
  };

  return {
    audit(request: LocalRequest): Promise<LocalAudit> {
      const turn = last.then(() => audit(request));
      last = turn.catch(() => undefined);
      return turn;
    },
    get(path: string, ifNone: string): LocalAudit {
      const report = kept.get(path);
      if (!report) throw new ToolRefusal(ifNone);
      return report;
    },
  };
}

export interface FindingFilter {
  severity?: Severity | undefined;
  rule?: string | undefined;
  path?: string | undefined;
  isNew?: boolean | undefined;
}

/** The most severe first. `severity` and graver ones. */
export function chooseFindings(report: LocalAudit, { severity, rule, path, isNew }: FindingFilter): Finding[] {
  const stateOf = stateOfFinding(report);
  const rank = severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  return findingsOf(report.results)
    .filter((finding) => SEVERITIES.indexOf(finding.severity) <= rank)
    .filter(({ ruleId }) => rule === undefined || ruleId === rule)
    .filter((finding) => path === undefined || (finding.path ?? '').includes(path))
    .filter(({ fingerprint }) => !isNew || stateOf?.(fingerprint) === 'new')
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.confidence - a.confidence);
}

export function describeFinding(finding: Finding, report: LocalAudit, language: Language) {
  const { ruleId, severity, confidence, path, startLine, endLine, evidence, commits, fingerprint } = finding;
  const state = stateOfFinding(report)?.(fingerprint);
  return {
    fingerprint,
    ruleId,
    severity,
    confidence,
    ...(state && { state }),
    path,
    startLine,
    endLine,
    message: messageOf(finding, language),
    fix: findRuleIn(ownRulesOf(report.results), ruleId)?.fix[language] ?? null,
    evidence,
    commits: commits.slice(0, 5),
  };
}

export function summaryOf(report: LocalAudit) {
  const { commit, branch, uncommitted, health, coverage, gate, results, newSince, resultHash, stats } = report;
  return {
    judged: uncommitted ?? { kind: 'head', head: commit },
    branch,
    health,
    coverage,
    gate: { status: gate.gate, isPassed: gate.isPassed, reason: gate.reason },
    magics: results.map(({ magic, status, score, counts }) => ({ magic, status, score, counts })),
    notEvaluated: results.flatMap(({ skipped }) => skipped).length,
    ...(newSince && { comparedWith: newSince.commit, newFindings: newSince.findings.length }),
    resultHash,
    files: stats.files,
  };
}
