import type { Severity } from './types';

export function noCounts(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

export function countBySeverity(findings: readonly { severity: Severity }[]): Record<Severity, number> {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
