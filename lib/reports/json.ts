import { isFixable } from '@/lib/fixes/is-fixable';
import { messageOf, reasonOf } from '@/lib/i18n/rule-text';
import { countBySeverity } from '@/lib/magics/counts';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { Finding, Language, MagicResult, SuppressedFinding } from '@/lib/magics/types';
import { type AuditReport, findingsOf, type NewSince, ownRulesOf, suppressedOf, suppressionsOf } from './audit-report';

/** A report whose parts a server may lack or know more of. */
export interface JsonReport extends Omit<AuditReport, 'stats' | 'gate' | 'resultHash'> {
  stats: Readonly<Record<string, number>> | AuditReport['stats'];
  /** null when no verdict was given. */
  gate: AuditReport['gate'] | null;
  /** null of a partial audit. */
  resultHash: string | null;
  /** Of a finding, by fingerprint, in one word; left out where nothing was compared. */
  stateOf?: (fingerprint: string) => string;
}

/** The machine-readable report; its shape is part of the public interface. */
export function buildJsonReport(report: JsonReport) {
  const { project, commit, branch, resultHash, rulePackVersion, health, coverage, gate, results, stats } = report;
  return {
    project,
    commit,
    ...(report.uncommitted && { uncommitted: report.uncommitted }),
    branch,
    resultHash,
    rulePackVersion,
    overallHealthScore: health,
    coverage,
    gate: gate && { status: gate.gate, isPassed: gate.isPassed, failUnder: gate.failUnder, reason: gate.reason },
    magicResults: Object.fromEntries(results.map((result) => [result.magic, toMagicResult(result, report.language)])),
    findings: findingsOf(results).map((finding) => toFinding(finding, report)),
    suppressed: suppressedOf(results).map((finding) => toSuppressed(finding, report)),
    suppressions: suppressionsOf(results),
    addedWords: results.flatMap(({ words }) => words),
    ignoredPaths: results[0]?.ignored ?? null,
    skipped: results.flatMap(({ magic, skipped }) =>
      skipped.map((rule) => ({
        magic,
        ruleId: rule.ruleId,
        reason: rule.reason,
        message: reasonOf(rule, report.language),
      })),
    ),
    ...(report.newSince && { newSince: newSinceOf(report.newSince) }),
    stats,
  };
}

function newSinceOf({ ref, commit, findings }: NewSince) {
  return {
    ref,
    commit,
    counts: countBySeverity(findings),
    fingerprints: findings.map(({ fingerprint }) => fingerprint),
  };
}

function toMagicResult(result: MagicResult, language: Language) {
  const fixes = new Set(result.findings.map(({ ruleId }) => ruleId));
  return {
    status: result.status,
    score: result.score,
    coverage: result.coverage,
    violations: result.rules.reduce((sum, rule) => sum + rule.findings, 0),
    suggestions: [...fixes].map((ruleId) => ({
      ruleId,
      text: findRuleIn(result.ownRules, ruleId)?.fix[language] ?? '',
    })),
    counts: result.counts,
    cap: result.cap,
    subScores: result.subScores,
    metrics: result.metrics,
    rules: result.rules.map(
      ({
        ruleId,
        outcome,
        value,
        population,
        good,
        bad,
        score,
        weight,
        isInformational,
        findings,
        dropped,
        suppressed,
      }) => ({
        ruleId,
        outcome,
        value,
        population,
        good,
        bad,
        score,
        weight,
        isInformational,
        findings,
        dropped,
        suppressed,
      }),
    ),
    skipped: result.skipped,
  };
}

function toSuppressed(finding: SuppressedFinding, report: JsonReport) {
  return { ...toFinding(finding, report), status: 'suppressed' as const, suppression: finding.suppression };
}

function toFinding(finding: Finding, { language, fixes, results, stateOf }: JsonReport) {
  const patch = fixes?.get(finding.fingerprint)?.patch;
  return {
    ruleId: finding.ruleId,
    magic: finding.magic,
    severity: finding.severity,
    confidence: finding.confidence,
    path: finding.path,
    startLine: finding.startLine,
    endLine: finding.endLine,
    message: messageOf(finding, language),
    evidence: finding.evidence,
    commits: finding.commits,
    related: finding.related,
    fingerprint: finding.fingerprint,
    fix: findRuleIn(ownRulesOf(results), finding.ruleId)?.fix[language],
    isFixable: isFixable(finding),
    ...(stateOf && { state: stateOf(finding.fingerprint) }),
    ...(patch !== undefined && { patch }),
  };
}
