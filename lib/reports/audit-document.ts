import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import type { Finding, MagicId, MagicStatus, Severity, SkippedRule, Suppression } from '@/lib/magics/types';
import { type AuditReport, findingsOf, stateOfFinding, suppressedOf } from './audit-report';
import type { OtherTool } from './other-tools';

/** A finding and what became of it. */
export interface ReportFinding extends Finding {
  suppression?: Suppression;
  /** In one word, as the lists of a server say it; null where nothing was compared. */
  state: string | null;
}

/** What reports for people are built from. */
export interface AuditDocument {
  project: string;
  /** null of an audit that no server keeps. */
  number: number | null;
  branch: string | null;
  commit: string;
  /** ISO 8601; null of an audit that no server keeps. */
  endedAt: string | null;
  isPartial: boolean;
  /** That were asked and could not be judged. */
  missingMagics: readonly MagicId[];
  health: number | null;
  /** Share of the weight that could be judged, 0–1. */
  coverage: number;
  /** null when no verdict was given. */
  gate: { verdict: 'passed' | 'warning' | 'failed'; reason: string } | null;
  magics: readonly {
    magic: MagicId;
    status: MagicStatus;
    score: number | null;
    /** Share of its own weight that was judged, 0–1. */
    coverage: number;
    weight: number;
    counts: Record<Severity, number>;
  }[];
  /** Most severe first. */
  findings: readonly ReportFinding[];
  /** What other tools reported; null when that is not known of this audit, left out where nobody keeps reports. */
  others?: readonly OtherTool[] | null;
  /** Whether somebody chose among the findings. */
  isFiltered: boolean;
  skipped: readonly SkippedRule[];
  /** Rules of the team's own that were asked. */
  ownRules?: readonly OwnRule[];
  resultHash: string | null;
  evidence: { sequence: number; keyId: string } | null;
}

const RANK: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

/** Open ones before those that are let stand, the most severe first. */
export function bySeverity(
  a: Pick<ReportFinding, 'severity' | 'suppression'>,
  b: Pick<ReportFinding, 'severity' | 'suppression'>,
): number {
  return Number(Boolean(a.suppression)) - Number(Boolean(b.suppression)) || RANK[a.severity] - RANK[b.severity];
}

/** Findings of an audit that no server keeps: of earlier ones only what it was compared with is known. */
export function reportFindings(report: Pick<AuditReport, 'results' | 'newSince'>): ReportFinding[] {
  const stateOf = stateOfFinding(report);
  return [...findingsOf(report.results), ...suppressedOf(report.results)]
    .map((finding) => ({ ...finding, state: stateOf?.(finding.fingerprint) ?? null }))
    .sort(bySeverity);
}

export function documentOf(report: AuditReport): AuditDocument {
  const { project, commit, branch, health, coverage, gate, results, weights, resultHash } = report;
  return {
    project,
    number: null,
    branch,
    commit,
    endedAt: null,
    isPartial: false,
    missingMagics: [],
    health,
    coverage,
    gate: { verdict: gate.gate, reason: gate.reason },
    magics: results.map(({ magic, status, score, coverage: own, counts }) => ({
      magic,
      status,
      score,
      coverage: own,
      counts,
      weight: weights[magic] ?? 0,
    })),
    findings: reportFindings(report),
    isFiltered: false,
    skipped: results.flatMap(({ skipped }) => skipped),
    resultHash,
    evidence: null,
  };
}
