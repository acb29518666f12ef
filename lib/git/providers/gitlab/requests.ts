import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gatherRequests } from '../evidence/gather-requests';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import { connectionOf, nodesOf, toPage } from '../graphql';
import type { EvidenceQuestion, Listed, Page, PageOf, ProviderClient } from '../provider';
import { askProject, Iid, User } from './graphql';

const QUERY = `query ($path: ID!, $branch: String!, $state: MergeRequestState!, $after: String) {
  project(fullPath: $path) {
    mergeRequests(targetBranches: [$branch], state: $state, first: 50, after: $after, sort: CREATED_DESC) {
      pageInfo { hasNextPage endCursor }
      nodes {
        iid
        author { username }
        draft
        createdAt
        mergedAt
        mergeCommitSha
        diffHeadSha
        description
        diffStatsSummary { additions deletions }
        approvedBy(first: 20) { nodes { username } }
        reviewers(first: 20) { nodes { username mergeRequestInteraction { reviewState } } }
      }
    }
  }
}`;

const Row = z.object({
  iid: Iid,
  author: User,
  draft: z.boolean(),
  createdAt: z.string(),
  mergedAt: z.string().nullish(),
  mergeCommitSha: z.string().nullish(),
  diffHeadSha: z.string().nullish(),
  description: z.string().nullish(),
  diffStatsSummary: z.object({ additions: z.number().int().min(0), deletions: z.number().int().min(0) }).nullish(),
  approvedBy: nodesOf(z.object({ username: z.string() })),
  reviewers: nodesOf(
    z.object({
      username: z.string(),
      mergeRequestInteraction: z.object({ reviewState: z.string().nullish() }).nullish(),
    }),
  ),
});

const Answer = z.object({ mergeRequests: connectionOf(Row) });

export async function pullRequests(
  client: ProviderClient,
  question: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const list = (state: string) => (page: PageOf) => readPage(client, question, state, page);
  return gatherRequests({
    open: list('opened'),
    merged: list('merged'),
    isRecent: ({ mergedAt }) => mergedAt !== null && mergedAt >= question.since,
  });
}

async function readPage(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
  state: string,
  page: PageOf,
): Promise<Page<PullRequestFact>> {
  const variables = { branch, state };
  const { mergeRequests } = await askProject(client, { path, query: QUERY, variables, page, schema: Answer });
  return toPage(mergeRequests, toFact);
}

function toFact(row: z.output<typeof Row>): PullRequestFact | null {
  const openedAt = secondsOf(row.createdAt);
  if (openedAt === null) return null;
  const author = nameOf(row.author?.username ?? 'ghost');
  const reviewers = row.reviewers?.nodes ?? [];
  const asking = reviewers.filter((one) => one?.mergeRequestInteraction?.reviewState === 'REQUESTED_CHANGES');
  const stats = row.diffStatsSummary;
  // A fast-forward makes no commit of its own.
  const becameId = row.mergeCommitSha ?? row.diffHeadSha;
  return {
    number: row.iid,
    author,
    isBot: isBotAccount(author),
    isDraft: row.draft,
    openedAt,
    mergedAt: secondsOf(row.mergedAt),
    mergeCommitId: becameId ? nameOf(becameId) : null,
    changedLines: stats ? stats.additions + stats.deletions : null,
    bodyLength: ownTextLength(row.description, []),
    approvedBy: namesOf(
      (row.approvedBy?.nodes ?? []).map((one) => one?.username),
      author,
    ),
    changesRequestedBy: namesOf(
      asking.map((one) => one?.username),
      author,
    ),
  };
}
