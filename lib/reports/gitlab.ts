import { messageOf } from '@/lib/i18n/rule-text';
import type { Language, Severity } from '@/lib/magics/types';
import type { ReportFinding } from './audit-document';

const SEVERITIES: Record<Severity, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** A Code Quality report of GitLab: open findings alone, as it knows no others. */
export function buildGitlab(findings: readonly ReportFinding[], language: Language) {
  return findings
    .filter(({ suppression }) => !suppression)
    .map((finding) => ({
      description: messageOf(finding, language),
      check_name: finding.ruleId,
      fingerprint: finding.fingerprint,
      severity: SEVERITIES[finding.severity],
      // Every entry must have a place; what is about the whole repository is shown at its root.
      location: { path: finding.path ?? '.', lines: { begin: Math.max(1, finding.startLine ?? 1) } },
    }));
}
