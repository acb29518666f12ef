import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import { type FindingFilter, FindingState } from '@/lib/schemas/findings';
import { escapeLike } from './like';

/** Those that weigh. */
export const OPEN_STATES = ['new', 'existing', 'reopened'] as const;

/** The filter's lists, checked against what exists. `severities` is null when not filtered. */
export interface ParsedFindingFilter {
  magics: string[] | null;
  rules: string[] | null;
  severities: string[] | null;
  states: FindingState[];
  path: string | null;
  search: string | null;
}

export function parseFindingFilter(filter: FindingFilter): ParsedFindingFilter {
  return {
    magics: listOf(filter.magic, 'magic', MAGIC_IDS),
    rules: listOf(filter.rule, 'rule', null),
    severities: listOf(filter.severity, 'severity', SEVERITIES),
    states: statesOf(filter.state),
    path: filter.path?.trim() || null,
    search: filter.search?.trim() || null,
  };
}

/** The filter as a condition, with or without its severities; what is searched for is a condition of its own. */
export function whereOf(parsed: ParsedFindingFilter, withSeverity: boolean): Prisma.FindingWhereInput {
  return {
    state: { in: parsed.states },
    ...(parsed.magics && { magic: { in: parsed.magics } }),
    ...(parsed.rules && { ruleId: { in: parsed.rules } }),
    ...(withSeverity && parsed.severities && { severity: { in: parsed.severities } }),
    ...(parsed.path && { path: { contains: escapeLike(parsed.path), mode: 'insensitive' } }),
  };
}

function statesOf(value: string | undefined): FindingState[] {
  if (value === undefined || value === 'open') return [...OPEN_STATES];
  if (value === 'all') return [...FindingState.options];
  return (listOf(value, 'state', FindingState.options) ?? []) as FindingState[];
}

function listOf(value: string | undefined, name: string, known: readonly string[] | null): string[] | null {
  const items =
    value
      ?.split(',')
      .map((item) => item.trim())
      .filter(Boolean) ?? [];
  if (items.length === 0) return null;
  const unknown = known ? items.filter((item) => !known.includes(item)) : [];
  if (unknown.length > 0) throw new AppError('invalid_request', `${name}: use ${known?.join(', ')}`);
  return items;
}
