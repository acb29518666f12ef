import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gatherRequests } from '../evidence/gather-requests';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import { connectionOf, toPage } from '../graphql';
import type { EvidenceQuestion, Listed, Page, PageOf, ProviderClient } from '../provider';
import { partsOf } from './api';
import { askGitHub, cursorOf } from './graphql';

const QUERY = `query ($owner: String!, $name: String!, $branch: String!, $state: PullRequestState!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    pullRequests(
      baseRefName: $branch
      states: [$state]
      first: 50
      after: $after
      orderBy: { field: CREATED_AT, direction: DESC }
    ) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        author { __typename login }
        isDraft
        createdAt
        mergedAt
        mergeCommit { oid }
        additions
        deletions
        body
        latestOpinionatedReviews(first: 30) { nodes { state author { login } } }
      }
    }
  }
}`;

const Actor = z.object({ login: z.string() }).nullish();
const Row = z.object({
  number: z.number().int().min(1),
  author: z.object({ __typename: z.string(), login: z.string() }).nullish(),
  isDraft: z.boolean(),
  createdAt: z.string(),
  mergedAt: z.string().nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  additions: z.number().int().min(0),
  deletions: z.number().int().min(0),
  body: z.string(),
  latestOpinionatedReviews: z
    .object({ nodes: z.array(z.object({ state: z.string(), author: Actor }).nullable()).nullish() })
    .nullish(),
});
type Row = z.output<typeof Row>;

const Answer = z.object({
  repository: z.object({
    pullRequestTemplates: z.array(z.object({ body: z.string().nullish() })).nullish(),
    pullRequests: connectionOf(Row),
  }),
});

export async function pullRequests(
  client: ProviderClient,
  question: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const list = (state: string) => (page: PageOf) => readPage(client, question, state, page);
  return gatherRequests({
    open: list('OPEN'),
    merged: list('MERGED'),
    isRecent: ({ mergedAt }) => mergedAt !== null && mergedAt >= question.since,
  });
}

async function readPage(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
  state: string,
  page: PageOf,
): Promise<Page<PullRequestFact>> {
  const [owner, name] = partsOf(path);
  const { repository } = await askGitHub(client, {
    query: QUERY,
    variables: { owner, name, branch, state, ...cursorOf(page) },
    schema: Answer,
    needs: 'Pull requests: read',
  });
  const templates = (repository.pullRequestTemplates ?? []).map(({ body }) => body);
  return toPage(repository.pullRequests, (row) => toFact(row, templates));
}

function toFact(row: Row, templates: readonly (string | null | undefined)[]): PullRequestFact | null {
  const openedAt = secondsOf(row.createdAt);
  if (openedAt === null) return null;
  // An account that was deleted is shown as nobody.
  const author = nameOf(row.author?.login ?? 'ghost');
  const reviews = (row.latestOpinionatedReviews?.nodes ?? []).filter((review) => review !== null);
  const by = (state: string) =>
    namesOf(
      reviews.filter((review) => review.state === state).map((review) => review.author?.login),
      author,
    );
  return {
    number: row.number,
    author,
    isBot: row.author?.__typename === 'Bot' || isBotAccount(author),
    isDraft: row.isDraft,
    openedAt,
    mergedAt: secondsOf(row.mergedAt),
    mergeCommitId: row.mergeCommit ? nameOf(row.mergeCommit.oid) : null,
    changedLines: row.additions + row.deletions,
    bodyLength: ownTextLength(row.body, templates),
    approvedBy: by('APPROVED'),
    changesRequestedBy: by('CHANGES_REQUESTED'),
  };
}
