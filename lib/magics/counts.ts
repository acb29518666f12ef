import { SEVERITIES, type Severity } from './types';

export function noCounts(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

export function addCounts(
  one: Readonly<Record<Severity, number>>,
  other: Readonly<Record<Severity, number>>,
): Record<Severity, number> {
  const sum = noCounts();
  for (const severity of SEVERITIES) sum[severity] = one[severity] + other[severity];
  return sum;
}

export function countBySeverity(findings: readonly { severity: Severity }[]): Record<Severity, number> {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
