import type { Severity } from '@/lib/magics/types';
import { get, type JsonObject } from './json-values';

const LEVELS: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'info' };

/** By the security severity of the rule (CVSS), where it has one; else by the level. */
export function severityOf(level: string | null, rule: JsonObject): Severity {
  const score = securitySeverity(rule);
  if (score !== null) {
    if (score >= 9) return 'critical';
    if (score >= 7) return 'high';
    return score >= 4 ? 'medium' : 'low';
  }
  return (level && Object.hasOwn(LEVELS, level) ? LEVELS[level] : undefined) ?? 'medium';
}

const PRECISION: Readonly<Record<string, number>> = { 'very-high': 0.95, high: 0.85, medium: 0.6, low: 0.3 };

/** How sure the tool is, 0–1. */
export function confidenceOf(rule: JsonObject): number {
  const precision = get(rule, 'properties', 'precision');
  return (
    (typeof precision === 'string' && Object.hasOwn(PRECISION, precision) ? PRECISION[precision] : undefined) ?? 0.7
  );
}

/** 0 stands for "no security severity". */
function securitySeverity(rule: JsonObject): number | null {
  const value = get(rule, 'properties', 'security-severity');
  const score = typeof value === 'string' && /^\d{1,2}(\.\d{1,3})?$/.test(value.trim()) ? Number(value) : value;
  return typeof score === 'number' && score > 0 && score <= 10 ? score : null;
}
