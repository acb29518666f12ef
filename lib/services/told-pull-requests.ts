import * as z from 'zod';
import { cleanText } from '@/lib/clean-text';
import type { PullRequestFacts } from '@/lib/git/providers/provider';
import { BranchName } from '@/lib/schemas/common';

const MOST_CHARACTERS = 500;
const text = z.string().transform((given) => cleanText(given.slice(0, MOST_CHARACTERS)));

/** What a row can hold, and Git be asked for. */
const ToldPullRequest = z.object({
  number: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  title: text,
  author: text.nullable(),
  url: z
    .string()
    .max(2_000)
    .regex(/^https?:\/\/[!-~]+$/),
  isOpen: z.boolean(),
  isDraft: z.boolean(),
  isFork: z.boolean(),
  baseBranch: BranchName,
  headBranch: BranchName,
  headCommitId: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  headRef: z
    .string()
    .regex(/^refs\/[\w./-]{1,200}$/)
    .nullable(),
});

/** Of what a host lists, each pull request once, as it comes first; what can be none is left out. */
export function toldPullRequests(listed: readonly PullRequestFacts[]): PullRequestFacts[] {
  const told = new Map<number, PullRequestFacts>();
  for (const facts of listed) {
    const read = ToldPullRequest.safeParse(facts);
    if (read.success && !told.has(read.data.number)) told.set(read.data.number, read.data);
  }
  return [...told.values()];
}
