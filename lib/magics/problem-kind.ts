import type * as z from 'zod';

/** What is wrong with a value, for programs and for other languages than English. */
export const PROBLEM_KINDS = [
  'least',
  'above',
  'most',
  'below',
  'shortest',
  'longest',
  'fewest',
  'greatest',
  'choice',
  'number',
  'whole',
  'text',
  'switch',
  'list',
  'object',
  'unknown',
  'none',
  'hidden',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export interface KindOfProblem {
  kind: ProblemKind;
  /** What would be right, where the kind alone does not say: a bound, or names. */
  expected?: string;
}

type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, ProblemKind>> = {
  number: 'number',
  int: 'whole',
  string: 'text',
  boolean: 'switch',
  array: 'list',
  object: 'object',
  record: 'object',
};

/** Null for what is rare: its English words are all there is. */
export function kindOfIssue(issue: Issue): KindOfProblem | null {
  switch (issue.code) {
    case 'too_small':
      return bound(issue.origin, issue.inclusive !== false, issue.minimum, ['least', 'above', 'shortest', 'fewest']);
    case 'too_big':
      return bound(issue.origin, issue.inclusive !== false, issue.maximum, ['most', 'below', 'longest', 'greatest']);
    case 'invalid_value':
      return { kind: 'choice', expected: issue.values.map(String).join(', ') };
    case 'invalid_type': {
      const kind = TYPES[issue.expected];
      return kind ? { kind } : null;
    }
    case 'unrecognized_keys':
      return { kind: 'unknown' };
    case 'custom':
      return issue.params?.kind === 'hidden' ? { kind: 'hidden' } : null;
    default:
      return null;
  }
}

function bound(
  origin: string,
  isInclusive: boolean,
  limit: number | bigint,
  [inclusive, exclusive, length, size]: readonly [ProblemKind, ProblemKind, ProblemKind, ProblemKind],
): KindOfProblem | null {
  const expected = String(limit);
  if (origin === 'number' || origin === 'int') return { kind: isInclusive ? inclusive : exclusive, expected };
  if (origin === 'string') return { kind: length, expected };
  return origin === 'array' ? { kind: size, expected } : null;
}
