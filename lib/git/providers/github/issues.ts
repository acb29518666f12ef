import * as z from 'zod';
import type { IssueFact } from '@/lib/magics/facts/provider';
import { gather } from '../evidence/gather';
import { firstOf, namesOf, secondsOf } from '../evidence/values';
import { connectionOf, toPage } from '../graphql';
import type { EvidenceQuestion, Listed, Page, PageOf, ProviderClient } from '../provider';
import { partsOf } from './api';
import { askGitHub, cursorOf } from './graphql';

const MOST_PAGES = 6;

const QUERY = `query ($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(states: [OPEN], first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        createdAt
        closedAt
        author { login }
        labels(first: 20) { nodes { name } }
        comments(first: 10) { nodes { createdAt author { login } } }
        timelineItems(first: 5, itemTypes: [LABELED_EVENT]) {
          nodes { ... on LabeledEvent { createdAt actor { login } } }
        }
      }
    }
  }
}`;

const Actor = z.object({ login: z.string() }).nullish();
const Row = z.object({
  number: z.number().int().min(1),
  createdAt: z.string(),
  closedAt: z.string().nullish(),
  author: Actor,
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullish() }).nullish(),
  comments: z.object({ nodes: z.array(z.object({ createdAt: z.string(), author: Actor }).nullable()).nullish() }),
  timelineItems: z.object({
    nodes: z.array(z.object({ createdAt: z.string().nullish(), actor: Actor }).nullable()).nullish(),
  }),
});

const Answer = z.object({ repository: z.object({ issues: connectionOf(Row) }) });

export function issues(client: ProviderClient, question: EvidenceQuestion): Promise<Listed<IssueFact>> {
  return gather((page) => readPage(client, question, page), { mostPages: MOST_PAGES });
}

async function readPage(client: ProviderClient, { path }: EvidenceQuestion, page: PageOf): Promise<Page<IssueFact>> {
  const [owner, name] = partsOf(path);
  const { repository } = await askGitHub(client, {
    query: QUERY,
    variables: { owner, name, ...cursorOf(page) },
    schema: Answer,
    needs: 'Issues: read',
  });
  return toPage(repository.issues, toFact);
}

function toFact(row: z.output<typeof Row>): IssueFact | null {
  const openedAt = secondsOf(row.createdAt);
  if (openedAt === null) return null;
  const author = row.author?.login ?? null;
  const said = (row.comments.nodes ?? []).map((one) => ({ at: one?.createdAt, by: one?.author?.login }));
  const labelled = (row.timelineItems.nodes ?? []).map((one) => ({ at: one?.createdAt, by: one?.actor?.login }));
  return {
    number: row.number,
    openedAt,
    closedAt: secondsOf(row.closedAt),
    triagedAt: firstOf([...said, ...labelled].flatMap(({ at, by }) => (by === author ? [] : (secondsOf(at) ?? [])))),
    labels: namesOf((row.labels?.nodes ?? []).map((label) => label?.name)),
  };
}
