import * as z from 'zod';
import type { IssueFact } from '@/lib/magics/facts/provider';
import { gather } from '../evidence/gather';
import { firstOf, namesOf, secondsOf } from '../evidence/values';
import { connectionOf, nodesOf, toPage } from '../graphql';
import type { EvidenceQuestion, Listed, Page, PageOf, ProviderClient } from '../provider';
import { askProject, Iid, User } from './graphql';

const MOST_PAGES = 6;

const QUERY = `query ($path: ID!, $after: String) {
  project(fullPath: $path) {
    issues(state: opened, first: 50, after: $after, sort: CREATED_DESC) {
      pageInfo { hasNextPage endCursor }
      nodes {
        iid
        createdAt
        closedAt
        author { username }
        labels(first: 20) { nodes { title } }
        notes(first: 10) { nodes { createdAt system systemNoteIconName author { username } } }
      }
    }
  }
}`;

const Note = z.object({
  createdAt: z.string(),
  system: z.boolean(),
  systemNoteIconName: z.string().nullish(),
  author: User,
});
const Row = z.object({
  iid: Iid,
  createdAt: z.string(),
  closedAt: z.string().nullish(),
  author: User,
  labels: nodesOf(z.object({ title: z.string() })),
  notes: nodesOf(Note),
});

const Answer = z.object({ issues: connectionOf(Row) });

export function issues(client: ProviderClient, { path }: EvidenceQuestion): Promise<Listed<IssueFact>> {
  const readPage = async (page: PageOf): Promise<Page<IssueFact>> =>
    toPage((await askProject(client, { path, query: QUERY, page, schema: Answer })).issues, toFact);
  return gather(readPage, { mostPages: MOST_PAGES });
}

function toFact(row: z.output<typeof Row>): IssueFact | null {
  const openedAt = secondsOf(row.createdAt);
  if (openedAt === null) return null;
  const author = row.author?.username ?? null;
  const answers = (row.notes?.nodes ?? []).flatMap((note) => {
    if (!note || (note.author?.username ?? null) === author) return [];
    // The host writes a note of its own for each change of labels.
    return note.system && note.systemNoteIconName !== 'label' ? [] : (secondsOf(note.createdAt) ?? []);
  });
  return {
    number: row.iid,
    openedAt,
    closedAt: secondsOf(row.closedAt),
    triagedAt: firstOf(answers),
    labels: namesOf((row.labels?.nodes ?? []).map((label) => label?.title)),
  };
}
