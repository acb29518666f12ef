import { SEVERITIES } from '@/lib/magics/types';
import { FINDING_MAGICS, FrameworkKey } from '@/lib/schemas/findings';
import { isImportedRule } from './imported-rule';

export const STATE_CHOICES = [
  'open',
  'new',
  'existing',
  'reopened',
  'accepted',
  'false_positive',
  'wont_fix',
  'fixed',
  'suppressed',
  'all',
] as const;
export const GROUPINGS = ['rule', 'file', 'none'] as const;
export const ASSIGNEE_CHOICES = ['me', 'none'] as const;
export type AssigneeChoice = (typeof ASSIGNEE_CHOICES)[number];
export type StateChoice = (typeof STATE_CHOICES)[number];
export type Grouping = (typeof GROUPINGS)[number];

/** What a list of findings is narrowed to; lists are empty when not narrowed. */
export interface FindingsFilter {
  magic: string[];
  rule: string[];
  framework: FrameworkKey[];
  severity: string[];
  state: StateChoice;
  path: string;
  search: string;
  /** null: whoever has them. */
  assignee: AssigneeChoice | null;
}

const LONGEST_TEXT = 200;
const MOST_RULES = 50;
const LONGEST_NAME = 60;

interface Parameters {
  get: (name: string) => string | null;
}

/** The filter an address asks for; what nothing here knows is left out. */
export function parseFindingsFilter(
  parameters: Parameters,
  knownRules: Readonly<Record<string, unknown>>,
): FindingsFilter {
  const list = (name: string) =>
    (parameters.get(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  const text = (name: string) => (parameters.get(name) ?? '').slice(0, LONGEST_TEXT);
  const state = parameters.get('state');
  return {
    magic: list('magic').filter((id) => FINDING_MAGICS.some((known) => known === id)),
    rule: list('rule')
      .filter((id) => Object.hasOwn(knownRules, id) || isImportedRule(id))
      .slice(0, MOST_RULES),
    framework: FrameworkKey.options.filter((known) => list('framework').includes(known)),
    severity: list('severity').filter((id) => SEVERITIES.some((known) => known === id)),
    state: STATE_CHOICES.find((known) => known === state) ?? 'open',
    path: text('path'),
    search: text('search'),
    assignee: ASSIGNEE_CHOICES.find((known) => known === parameters.get('assignee')) ?? null,
  };
}

/** What an address asks for and nothing here knows, in its own words: it narrows nothing, and is told. */
export function unknownValues(parameters: Parameters, knownRules: Readonly<Record<string, unknown>>): string[] {
  const known: Record<string, (value: string) => boolean> = {
    magic: (value) => FINDING_MAGICS.some((id) => id === value),
    rule: (value) => Object.hasOwn(knownRules, value) || isImportedRule(value),
    framework: (value) => FrameworkKey.options.some((id) => id === value),
    severity: (value) => SEVERITIES.some((id) => id === value),
    state: (value) => STATE_CHOICES.some((id) => id === value),
    assignee: (value) => ASSIGNEE_CHOICES.some((id) => id === value),
    group: (value) => GROUPINGS.some((id) => id === value),
  };
  return Object.entries(known).flatMap(([name, isKnown]) =>
    (parameters.get(name) ?? '')
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '' && !isKnown(value))
      .map((value) => `${name}=${value.slice(0, LONGEST_NAME)}`),
  );
}

/** As the API and the address write it, without what is the default. */
export function filterQuery(filter: FindingsFilter): Record<string, string> {
  const entries = {
    magic: filter.magic.join(','),
    rule: filter.rule.join(','),
    framework: filter.framework.join(','),
    severity: filter.severity.join(','),
    state: filter.state === 'open' ? '' : filter.state,
    path: filter.path,
    search: filter.search,
    assignee: filter.assignee ?? '',
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== ''));
}

export function isNarrowed(filter: FindingsFilter): boolean {
  return Object.keys(filterQuery(filter)).length > 0;
}

export function parseGrouping(value: string | null): Grouping {
  return GROUPINGS.find((known) => known === value) ?? 'rule';
}
