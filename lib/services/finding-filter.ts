import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { FRAMEWORK_IDS, type FrameworkId } from '@/lib/magics/frameworks';
import { SEVERITIES, VERDICTS } from '@/lib/magics/types';
import { FINDING_MAGICS, type FindingFilter, FindingState } from '@/lib/schemas/findings';
import { today } from './finding-verdicts';
import { rulesOfFrameworks } from './framework-rules';
import { escapeLike } from './like';

/** States of findings that an audit still saw and that the repository does not ask to let stand. */
const LIVE_STATES = ['new', 'existing', 'reopened'] as const;

/** Not one of another tool that ours says already: that one is told of beside ours. */
export const ON_ITS_OWN = { duplicateOfId: null } as const satisfies Prisma.FindingWhereInput;

/** States in one word of those that weigh. */
export const OPEN_STATES = LIVE_STATES;

/** Those that weigh: a verdict that is in force takes a finding out, one whose last day is over does not. */
export function whereOpen(): Prisma.FindingWhereInput {
  return {
    ...ON_ITS_OWN,
    state: { in: [...LIVE_STATES] },
    OR: [{ verdict: null }, { verdictUntil: { lt: today() } }],
  };
}

/** The filter's lists, checked against what exists. `severities` is null when not filtered. */
export interface ParsedFindingFilter {
  magics: string[] | null;
  /** Those asked for by name and by framework; none, where no rule is both. */
  rules: string[] | null;
  severities: string[] | null;
  states: FindingState[];
  path: string | null;
  search: string | null;
  assignee: string | null;
}

export function parseFindingFilter(filter: Omit<FindingFilter, 'cursor' | 'limit'>): ParsedFindingFilter {
  return {
    magics: listOf(filter.magic, 'magic', FINDING_MAGICS),
    rules: rulesOf(filter),
    severities: listOf(filter.severity, 'severity', SEVERITIES),
    states: statesOf(filter.state),
    path: filter.path?.trim() || null,
    search: filter.search?.trim() || null,
    assignee: filter.assignee ?? null,
  };
}

function rulesOf({ rule, framework }: Pick<FindingFilter, 'rule' | 'framework'>): string[] | null {
  const named = listOf(rule, 'rule', null);
  const frameworks = listOf(framework, 'framework', FRAMEWORK_IDS) as FrameworkId[] | null;
  if (!frameworks) return named;
  const tagged = rulesOfFrameworks(frameworks);
  return named ? named.filter((id) => tagged.has(id)) : [...tagged];
}

/**
 * The filter as a condition, with or without its severities; what is searched for is a condition of its own. `userId`: who
 * asks.
 */
export function whereOf(
  parsed: ParsedFindingFilter,
  withSeverity: boolean,
  userId: string | null,
): Prisma.FindingWhereInput {
  return {
    ...ON_ITS_OWN,
    AND: [whereStates(parsed.states), ...whereAssigned(parsed.assignee, userId)],
    ...(parsed.magics && { magic: { in: parsed.magics } }),
    ...(parsed.rules && { ruleId: { in: parsed.rules } }),
    ...(withSeverity && parsed.severities && { severity: { in: parsed.severities } }),
    ...(parsed.path && { path: { contains: escapeLike(parsed.path), mode: 'insensitive' } }),
  };
}

/** States in one word, as the rows keep them. */
function whereStates(states: readonly FindingState[]): Prisma.FindingWhereInput {
  const ended: Prisma.FindingWhereInput = { state: { in: [...LIVE_STATES] }, verdictUntil: { lt: today() } };
  const verdicts = VERDICTS.filter((verdict) => states.includes(verdict));
  const live = LIVE_STATES.filter((state) => states.includes(state));
  return {
    OR: [
      { state: { in: live }, verdict: null },
      ...(live.includes('reopened') ? [ended] : []),
      ...(states.includes('suppressed') ? [{ state: 'suppressed' as const }] : []),
      // Without an audit that no longer saw it, it went with its rule: that is not fixed.
      ...(states.includes('fixed') ? [{ state: 'fixed' as const, fixedAuditId: { not: null } }] : []),
      {
        state: { in: [...LIVE_STATES] },
        verdict: { in: verdicts },
        OR: [{ verdictUntil: null }, { verdictUntil: { gte: today() } }],
      },
    ],
  };
}

function whereAssigned(assignee: string | null, userId: string | null): Prisma.FindingWhereInput[] {
  if (assignee === null) return [];
  if (assignee === 'none') return [{ assigneeId: null }];
  const wanted = assignee === 'me' ? userId : assignee;
  // Nobody's findings are not those of nobody in particular.
  return [wanted === null ? { id: { in: [] } } : { assigneeId: wanted }];
}

function statesOf(value: string | undefined): FindingState[] {
  if (value === undefined || value === 'open') return [...OPEN_STATES];
  if (value === 'all') return [...FindingState.options];
  return (listOf(value, 'state', FindingState.options) ?? []) as FindingState[];
}

export function listOf(value: string | undefined, name: string, known: readonly string[] | null): string[] | null {
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
