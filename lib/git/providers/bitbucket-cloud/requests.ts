import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gatherRequests } from '../evidence/gather-requests';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import type { EvidenceQuestion, Listed, PageOf, ProviderClient } from '../provider';
import { askPage, partsOf } from './api';

const PAGE_LENGTH = 50;
const WHOLE_ID = /^[\da-f]{40}$/;

const User = z.object({
  nickname: z.string().nullish(),
  display_name: z.string().nullish(),
  type: z.string().nullish(),
});
const Row = z.object({
  id: z.number().int().min(1),
  author: User.nullish(),
  draft: z.boolean().nullish(),
  state: z.string(),
  created_on: z.string(),
  updated_on: z.string().nullish(),
  merge_commit: z.object({ hash: z.string(), date: z.string().nullish() }).nullish(),
  description: z.string().nullish(),
  participants: z.array(
    z.object({ user: User.nullish(), approved: z.boolean().nullish(), state: z.string().nullish() }),
  ),
});
type Row = z.output<typeof Row>;

export async function pullRequests(
  client: ProviderClient,
  question: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const list = (state: string) => (page: PageOf) => readPage(client, question, state, page);
  const { items, isCut } = await gatherRequests({
    open: list('OPEN'),
    merged: list('MERGED'),
    isRecent: (row) => (mergedAtOf(row) ?? 0) >= question.since,
  });
  return { items: items.flatMap((row) => toFact(row) ?? []), isCut };
}

/** Who takes part is told where it is asked for. */
function readPage(client: ProviderClient, { path, branch }: EvidenceQuestion, state: string, page: PageOf) {
  const name = branch.replace(/["\\]/g, '\\$&');
  return askPage(client, ['repositories', ...partsOf(path), 'pullrequests'], Row, {
    query: {
      q: `state = "${state}" AND destination.branch.name = "${name}"`,
      sort: '-created_on',
      pagelen: PAGE_LENGTH,
      fields: '+values.participants,+values.merge_commit.date',
    },
    page,
  });
}

/** The host tells no time of the merge but that of its commit; what was changed last was not changed before. */
function mergedAtOf({ state, merge_commit: commit, updated_on: updatedOn }: Row): number | null {
  return state === 'MERGED' ? secondsOf(commit?.date ?? updatedOn) : null;
}

function toFact(row: Row): PullRequestFact | null {
  const openedAt = secondsOf(row.created_on);
  if (openedAt === null) return null;
  const author = nameOf(loginOf(row.author) ?? 'ghost');
  const by = (isSaid: (one: Row['participants'][number]) => boolean) =>
    namesOf(
      row.participants.filter(isSaid).map(({ user }) => loginOf(user)),
      author,
    );
  const mergeId = row.merge_commit?.hash ?? '';
  return {
    number: row.id,
    author,
    isBot: row.author?.type === 'app_user' || isBotAccount(author),
    isDraft: row.draft ?? false,
    openedAt,
    mergedAt: mergedAtOf(row),
    // Lists may hold twelve characters of it, which name no commit.
    mergeCommitId: WHOLE_ID.test(mergeId) ? mergeId : null,
    changedLines: null,
    bodyLength: ownTextLength(row.description, []),
    approvedBy: by(({ approved, state }) => approved === true || state === 'approved'),
    changesRequestedBy: by(({ state }) => state === 'changes_requested'),
  };
}

function loginOf(user: z.output<typeof User> | null | undefined): string | null {
  return user?.nickname ?? user?.display_name ?? null;
}
