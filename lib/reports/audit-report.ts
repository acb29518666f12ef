import type { Fix } from '@/lib/fixes/fix-file';
import type { Gate } from '@/lib/magics/gate';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { bySuppressionPlace } from '@/lib/magics/suppress';
import type { Finding, Language, MagicId, MagicResult, SuppressedFinding, SuppressionUse } from '@/lib/magics/types';

/** What every report is built from. Findings and scores hold no time; `stats` does. */
export interface AuditReport {
  project: string;
  commit: string;
  branch: string | null;
  resultHash: string;
  rulePackVersion: number;
  health: number | null;
  /** Share of the weight that could be judged, 0–1. */
  coverage: number;
  gate: { gate: Gate; isPassed: boolean; failUnder: number; reason: string };
  results: readonly MagicResult[];
  /** Of each magic in the health, as the policy has it. */
  weights: Partial<Record<MagicId, number>>;
  stats: ReportStats;
  /** Of an audit of what is not committed: the commit it is on, null before the first one. */
  uncommitted?: { kind: 'staged' | 'working-tree'; head: string | null };
  /** What an earlier commit did not have; left out when nothing was compared. */
  newSince?: NewSince;
  /** Safe mechanical fixes by fingerprint; null when they were not asked for. */
  fixes: ReadonlyMap<string, Fix> | null;
  language: Language;
}

export interface NewSince {
  /** As it was asked for. */
  ref: string;
  /** null: there was nothing before, so all is new. */
  commit: string | null;
  /** The gravest first. */
  findings: readonly Finding[];
}

export interface ReportStats {
  files: number;
  lines: number;
  commits: number;
  cpuMs: number;
  wallMs: number;
  maxRssBytes: number;
}

/** All findings, worst first, in an order that never changes. */
export function findingsOf(results: readonly MagicResult[]): Finding[] {
  return results.flatMap(({ findings }) => findings);
}

/** `new` or `existing` by fingerprint; undefined when nothing was compared. */
export function stateOfFinding({ newSince }: Pick<AuditReport, 'newSince'>) {
  if (!newSince) return undefined;
  const fresh = new Set(newSince.findings.map(({ fingerprint }) => fingerprint));
  return (fingerprint: string) => (fresh.has(fingerprint) ? ('new' as const) : ('existing' as const));
}

/** Findings that the repository asked to let stand, in the same order. */
export function suppressedOf(results: readonly MagicResult[]): SuppressedFinding[] {
  return results.flatMap(({ suppressed }) => suppressed);
}

/** Rules of the team's own that were asked. */
export function ownRulesOf(results: readonly MagicResult[]): OwnRule[] {
  return results.flatMap(({ ownRules }) => ownRules ?? []);
}

/** All that the repository asked for, by place. */
export function suppressionsOf(results: readonly MagicResult[]): SuppressionUse[] {
  return results.flatMap(({ suppressions }) => suppressions).sort(bySuppressionPlace);
}
