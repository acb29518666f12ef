import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gatherRequests } from '../evidence/gather-requests';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import type { EvidenceQuestion, Listed, Page, PageOf, ProviderClient } from '../provider';
import { ask, partsOf, skipOf } from './api';

const PER_PAGE = 50;
/** Votes: 10 approves, 5 with suggestions, 0 none, -5 waits for the author, -10 rejects. */
const APPROVED = 5;
const WAITING = -5;

const Identity = z.object({ uniqueName: z.string().nullish(), displayName: z.string().nullish() });
const Row = z.object({
  pullRequestId: z.number().int().min(1),
  status: z.string(),
  isDraft: z.boolean().nullish(),
  creationDate: z.string(),
  closedDate: z.string().nullish(),
  description: z.string().nullish(),
  createdBy: Identity.nullish(),
  reviewers: z.array(Identity.extend({ vote: z.number(), isContainer: z.boolean().nullish() })).default([]),
  lastMergeCommit: z.object({ commitId: z.string() }).nullish(),
});
type Row = z.output<typeof Row>;

export async function pullRequests(
  client: ProviderClient,
  question: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const list = (status: string) => (page: PageOf) => readPage(client, question, status, page);
  const { items, isCut } = await gatherRequests({
    open: list('active'),
    merged: list('completed'),
    isRecent: ({ closedDate }) => (secondsOf(closedDate) ?? 0) >= question.since,
  });
  return { items: items.flatMap((row) => toFact(row) ?? []), isCut };
}

async function readPage(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
  status: string,
  { cursor }: PageOf,
): Promise<Page<Row>> {
  const skip = skipOf(cursor);
  const { value } = await ask(client, [...partsOf(path).parts, 'pullrequests'], z.object({ value: z.array(Row) }), {
    query: {
      'searchCriteria.status': status,
      'searchCriteria.targetRefName': `refs/heads/${branch}`,
      $top: PER_PAGE,
      $skip: skip,
    },
  });
  return { items: value.value, nextCursor: value.value.length < PER_PAGE ? null : String(skip + PER_PAGE) };
}

function toFact(row: Row): PullRequestFact | null {
  const openedAt = secondsOf(row.creationDate);
  if (openedAt === null) return null;
  const author = nameOf(loginOf(row.createdBy) ?? 'ghost');
  // A vote of a group is one of its members, who is listed too.
  const people = row.reviewers.filter(({ isContainer }) => isContainer !== true);
  const by = (isSaid: (vote: number) => boolean) =>
    namesOf(people.filter(({ vote }) => isSaid(vote)).map(loginOf), author);
  const isMerged = row.status === 'completed';
  return {
    number: row.pullRequestId,
    author,
    isBot: isBotAccount(author),
    isDraft: row.isDraft ?? false,
    openedAt,
    mergedAt: isMerged ? secondsOf(row.closedDate) : null,
    mergeCommitId: isMerged && row.lastMergeCommit ? nameOf(row.lastMergeCommit.commitId) : null,
    changedLines: null,
    // Lists hold the first 400 characters.
    bodyLength: ownTextLength(row.description, []),
    approvedBy: by((vote) => vote >= APPROVED),
    changesRequestedBy: by((vote) => vote <= WAITING),
  };
}

function loginOf(identity: z.output<typeof Identity> | null | undefined): string | null {
  return identity?.uniqueName ?? identity?.displayName ?? null;
}
