import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gatherRequests } from '../evidence/gather-requests';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import type { EvidenceQuestion, Listed, PageOf, ProviderClient } from '../provider';
import { askPage, partsOf } from './api';

const PER_PAGE = 50;

const User = z.object({ name: z.string(), type: z.string().nullish() });
const Row = z.object({
  id: z.number().int().min(1),
  state: z.string(),
  draft: z.boolean().nullish(),
  /** Milliseconds. */
  createdDate: z.number(),
  closedDate: z.number().nullish(),
  description: z.string().nullish(),
  author: z.object({ user: User }).nullish(),
  /** APPROVED, NEEDS_WORK, UNAPPROVED */
  reviewers: z.array(z.object({ user: User, status: z.string().nullish() })).default([]),
  properties: z.object({ mergeCommit: z.object({ id: z.string() }).nullish() }).nullish(),
});
type Row = z.output<typeof Row>;

export async function pullRequests(
  client: ProviderClient,
  { path, branch, since }: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const list = (state: string) => (page: PageOf) =>
    askPage(client, [...partsOf(path), 'pull-requests'], Row, {
      query: { state, at: `refs/heads/${branch}`, order: 'NEWEST' },
      page,
      limit: PER_PAGE,
    });
  const { items, isCut } = await gatherRequests({
    open: list('OPEN'),
    merged: list('MERGED'),
    isRecent: ({ closedDate }) => (secondsOf(closedDate) ?? 0) >= since,
  });
  return { items: items.flatMap((row) => toFact(row) ?? []), isCut };
}

function toFact(row: Row): PullRequestFact | null {
  const openedAt = secondsOf(row.createdDate);
  if (openedAt === null) return null;
  const author = nameOf(row.author?.user.name ?? 'ghost');
  const by = (status: string) =>
    namesOf(
      row.reviewers.filter((one) => one.status === status).map(({ user }) => user.name),
      author,
    );
  const mergeId = row.properties?.mergeCommit?.id;
  return {
    number: row.id,
    author,
    isBot: row.author?.user.type === 'SERVICE' || isBotAccount(author),
    isDraft: row.draft ?? false,
    openedAt,
    mergedAt: row.state === 'MERGED' ? secondsOf(row.closedDate) : null,
    mergeCommitId: mergeId ? nameOf(mergeId) : null,
    changedLines: null,
    bodyLength: ownTextLength(row.description, []),
    approvedBy: by('APPROVED'),
    changesRequestedBy: by('NEEDS_WORK'),
  };
}
