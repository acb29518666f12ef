import type * as z from 'zod';
import { type KindOfProblem, kindOfIssue } from '@/lib/magics/problem-kind';

export interface FieldProblem extends Partial<KindOfProblem> {
  field: string;
  problem: string;
}

/** What a schema found wrong, as refused requests name it. */
export function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { field: issue.path.join('.'), problem: issue.message, ...kindOfIssue(issue) };
}
