import { MAGIC_IDS, type MagicId, SEVERITIES, type Severity } from '@/lib/magics/types';
import type { Configuration, ConfigurationPreview } from '@/lib/schemas/configuration';

type Gate = Configuration['gate'];

export interface Limits {
  warn: number | null;
  fail: number | null;
}

/** One line of the gate. `least`: under the limit is worse; else above it. */
export type Condition =
  | { id: 'new-findings' | 'findings'; severity: Severity }
  | { id: 'magic'; magic: MagicId }
  | { id: 'health' | 'new-coverage' };

export const NEW_CODE: readonly Condition[] = [
  ...SEVERITIES.map((severity) => ({ id: 'new-findings', severity }) as const),
  { id: 'new-coverage' },
];

export const TOTAL: readonly Condition[] = [
  { id: 'health' },
  ...MAGIC_IDS.map((magic) => ({ id: 'magic', magic }) as const),
  ...SEVERITIES.map((severity) => ({ id: 'findings', severity }) as const),
];

const NONE: Limits = { warn: null, fail: null };

export function keyOf(condition: Condition): string {
  if ('severity' in condition) return `${condition.id}:${condition.severity}`;
  return 'magic' in condition ? `magic:${condition.magic}` : condition.id;
}

export function isLeast({ id }: Condition): boolean {
  return id !== 'new-findings' && id !== 'findings';
}

export function limitsOf(gate: Gate, condition: Condition): Limits {
  switch (condition.id) {
    case 'new-findings':
      return gate.newFindings[condition.severity] ?? NONE;
    case 'findings':
      return gate.findings[condition.severity] ?? NONE;
    case 'magic':
      return gate.magics[condition.magic] ?? NONE;
    case 'health':
      return gate.health;
    case 'new-coverage':
      return gate.newCoverage;
  }
}

export function isAsked({ warn, fail }: Limits): boolean {
  return warn !== null || fail !== null;
}

/** The gate with other limits of one condition; one without any is not kept. */
export function withLimits(gate: Gate, condition: Condition, limits: Limits): Gate {
  switch (condition.id) {
    case 'new-findings':
      return { ...gate, newFindings: withEntry(gate.newFindings, condition.severity, limits) };
    case 'findings':
      return { ...gate, findings: withEntry(gate.findings, condition.severity, limits) };
    case 'magic':
      return { ...gate, magics: withEntry(gate.magics, condition.magic, limits) };
    case 'health':
      return { ...gate, health: limits };
    case 'new-coverage':
      return { ...gate, newCoverage: limits };
  }
}

/** Whether an audit would fail before it warns. */
export function isWrongOrder(condition: Condition, { warn, fail }: Limits): boolean {
  if (warn === null || fail === null) return false;
  return isLeast(condition) ? warn < fail : warn > fail;
}

export interface Touched {
  failing: number;
  warning: number;
  unknown: number;
}

/** How many projects of a preview a condition would touch. */
export function touchedBy({ items }: ConfigurationPreview, condition: Condition): Touched {
  const touched: Touched = { failing: 0, warning: 0, unknown: 0 };
  for (const { next } of items) {
    const result = next?.gateReason?.conditions?.find(
      (one) =>
        one.id === condition.id &&
        one.severity === ('severity' in condition ? condition.severity : undefined) &&
        one.magic === ('magic' in condition ? condition.magic : undefined),
    );
    if (result?.status === 'failed') touched.failing += 1;
    else if (result?.status === 'warning') touched.warning += 1;
    else if (result?.status === 'unknown') touched.unknown += 1;
  }
  return touched;
}

function withEntry<Key extends string>(
  entries: Partial<Record<Key, Limits>>,
  key: Key,
  limits: Limits,
): Partial<Record<Key, Limits>> {
  const { [key]: _, ...others } = entries;
  return isAsked(limits) ? { ...entries, [key]: limits } : (others as Partial<Record<Key, Limits>>);
}
