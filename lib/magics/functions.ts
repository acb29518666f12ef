import type { BaseFacts } from './facts';
import type { FunctionFact } from './facts/code';
import type { Measure, RawFinding, Severity } from './types';

/** A function of the product whose body can be judged. */
export function isJudged({ role, body }: Pick<FunctionFact, 'role' | 'body'>): boolean {
  return role === 'production' && body !== 'none';
}

export function displayName({ name, container, kind }: Pick<FunctionFact, 'name' | 'container' | 'kind'>): string {
  if (name === '') return kind === 'lambda' ? 'λ' : '?';
  return container ? `${container}.${name}` : name;
}

const LOWER: Record<Severity, Severity> = { critical: 'high', high: 'medium', medium: 'low', low: 'low', info: 'info' };

interface FunctionLimit {
  facts: Pick<BaseFacts, 'totals'> & { functions: readonly FunctionFact[] };
  limits: { good: number; bad: number } | null;
  measure: (fn: FunctionFact) => number;
  /** Values above are reported. */
  limit: number;
  severityOf: (value: number) => Severity;
  messageId: string;
  metric: string;
}

/**
 * Reports each function over a limit; the score is their share. While the share stays within `good`, a few such
 * functions are normal in any code base: their severity is one step lower.
 */
export function* functionsOver({
  facts,
  limits,
  measure,
  limit,
  severityOf,
  messageId,
  metric,
}: FunctionLimit): Generator<RawFinding, Measure, void> {
  const judged = facts.functions.filter(isJudged);
  const over = judged.filter((fn) => measure(fn) > limit);
  const share = over.length / judged.length;
  const isNormal = limits !== null && share <= limits.good;
  for (const fn of over) {
    const value = measure(fn);
    const severity = severityOf(value);
    yield {
      messageId,
      data: { name: displayName(fn), value, limit },
      location: { path: fn.path, line: fn.line, endLine: fn.endLine },
      severity: isNormal ? LOWER[severity] : severity,
      anchor: `${fn.container ?? ''} ${fn.name}`,
    };
  }
  return { value: share, population: judged.length, metrics: { [metric]: over.length } };
}
