import * as z from 'zod';
import type { IssueFact } from '@/lib/magics/facts/provider';
import { gather } from '../evidence/gather';
import { namesOf, secondsOf } from '../evidence/values';
import type { EvidenceQuestion, Listed, PageOf, ProviderClient } from '../provider';
import { askPage, partsOf } from './api';

const MOST_PAGES = 4;

const Row = z.object({
  number: z.number().int().min(1),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  closed_at: z.string().nullish(),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  comments: z.number().nullish(),
});
type Row = z.output<typeof Row>;

/** The list counts answers and does not tell whose they are: any answer or label counts. */
export async function issues(client: ProviderClient, { path }: EvidenceQuestion): Promise<Listed<IssueFact>> {
  const query = { type: 'issues', state: 'open' };
  const readPage = (page: PageOf) =>
    askPage(client, ['repos', ...partsOf(path), 'issues'], z.array(Row), { query, page });
  const { items, isCut } = await gather<Row>(readPage, { mostPages: MOST_PAGES });
  return { items: items.flatMap((row) => toFact(row) ?? []), isCut };
}

function toFact(row: Row): IssueFact | null {
  const openedAt = secondsOf(row.created_at);
  if (openedAt === null) return null;
  const labels = namesOf((row.labels ?? []).map(({ name }) => name));
  const isTriaged = labels.length > 0 || (row.comments ?? 0) > 0;
  return {
    number: row.number,
    openedAt,
    closedAt: secondsOf(row.closed_at),
    triagedAt: isTriaged ? (secondsOf(row.updated_at) ?? openedAt) : null,
    labels,
  };
}
