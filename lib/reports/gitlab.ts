import { messageOf } from '@/lib/i18n/rule-text';
import type { Language, Severity } from '@/lib/magics/types';
import type { ReportFinding } from './audit-document';
import type { OtherTool } from './other-tools';

const SEVERITIES: Record<Severity, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** A Code Quality report of GitLab: open findings alone, as it knows no others. It has no field for a tool: the text names it. */
export function buildGitlab(findings: readonly ReportFinding[], language: Language, others: readonly OtherTool[] = []) {
  return [
    ...findings.filter(isOpen).map((finding) => entryOf(finding, messageOf(finding, language))),
    ...others.flatMap(({ toolName, findings: theirs }) =>
      theirs.filter(isOpen).map((finding) => entryOf(finding, `${toolName}: ${finding.message}`)),
    ),
  ];
}

function isOpen({ suppression }: Pick<ReportFinding, 'suppression'>): boolean {
  return !suppression;
}

type Told = Pick<ReportFinding, 'ruleId' | 'fingerprint' | 'severity' | 'path' | 'startLine'>;

function entryOf({ ruleId, fingerprint, severity, path, startLine }: Told, description: string) {
  return {
    description,
    check_name: ruleId,
    fingerprint,
    severity: SEVERITIES[severity],
    // Every entry must have a place; what is about the whole repository is shown at its root.
    location: { path: path ?? '.', lines: { begin: Math.max(1, startLine ?? 1) } },
  };
}
