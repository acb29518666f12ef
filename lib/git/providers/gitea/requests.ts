import * as z from 'zod';
import type { PullRequestFact } from '@/lib/magics/facts/provider';
import { gather } from '../evidence/gather';
import { isBotAccount, nameOf, namesOf, ownTextLength, secondsOf } from '../evidence/values';
import type { EvidenceQuestion, Listed, PageOf, ProviderClient } from '../provider';
import { ask, askPage, partsOf } from './api';

const MOST_PAGES = 2;
/** Each takes a call of its own. */
const MOST_REVIEWED = 30;

const Row = z.object({
  number: z.number().int().min(1),
  user: z.object({ login: z.string() }).nullish(),
  draft: z.boolean().nullish(),
  created_at: z.string(),
  merged: z.boolean().nullish(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  additions: z.number().int().min(0).nullish(),
  deletions: z.number().int().min(0).nullish(),
  body: z.string().nullish(),
  base: z.object({ ref: z.string() }),
});
type Row = z.output<typeof Row>;

const Review = z.object({
  user: z.object({ login: z.string() }).nullish(),
  /** APPROVED, REQUEST_CHANGES, COMMENT, PENDING, REQUEST_REVIEW */
  state: z.string(),
  dismissed: z.boolean().nullish(),
  submitted_at: z.string().nullish(),
});
type Review = z.output<typeof Review>;

/** Open ones, and the newest merged ones as far as their reviews are known: without them nothing is said of one. */
export async function pullRequests(
  client: ProviderClient,
  { path, branch, since }: EvidenceQuestion,
): Promise<Listed<PullRequestFact>> {
  const parts = ['repos', ...partsOf(path), 'pulls'];
  const list = (state: string) => (page: PageOf) =>
    askPage(client, parts, z.array(Row), { query: { state, sort: 'recentupdate' }, page });
  const isHere = ({ base }: Row) => base.ref === branch;
  const isRecent = ({ merged, merged_at: at }: Row) => merged === true && (secondsOf(at) ?? 0) >= since;
  const closed = await gather(list('closed'), { mostPages: MOST_PAGES });
  const open = await gather(list('open'), { mostPages: MOST_PAGES });
  const merged = closed.items.filter((row) => isHere(row) && isRecent(row));
  const reviewed = await withReviews(client, parts, merged.slice(0, MOST_REVIEWED));
  const facts = [...open.items.filter(isHere).map((row) => toFact(row, [])), ...reviewed.items];
  return {
    items: facts.filter((fact) => fact !== null),
    isCut: closed.isCut || open.isCut || reviewed.isCut || merged.length > MOST_REVIEWED,
  };
}

async function withReviews(
  client: ProviderClient,
  parts: readonly string[],
  rows: readonly Row[],
): Promise<Listed<PullRequestFact | null>> {
  const readPage = async ({ cursor = '0' }: PageOf) => {
    const at = Number(cursor);
    const row = rows[at];
    if (!row) return { items: [], nextCursor: null };
    const { value } = await ask(client, [...parts, row.number, 'reviews'].map(String), z.array(Review));
    return { items: [toFact(row, value)], nextCursor: at + 1 < rows.length ? String(at + 1) : null };
  };
  return gather(readPage, { mostPages: MOST_REVIEWED });
}

function toFact(row: Row, reviews: readonly Review[]): PullRequestFact | null {
  const openedAt = secondsOf(row.created_at);
  if (openedAt === null) return null;
  const author = nameOf(row.user?.login ?? 'ghost');
  const opinions = latestOpinions(reviews);
  const by = (state: string) =>
    namesOf(
      [...opinions].flatMap(([login, said]) => (said === state ? [login] : [])),
      author,
    );
  const { additions, deletions } = row;
  return {
    number: row.number,
    author,
    isBot: isBotAccount(author),
    isDraft: row.draft ?? false,
    openedAt,
    mergedAt: row.merged === true ? secondsOf(row.merged_at) : null,
    mergeCommitId: row.merged === true && row.merge_commit_sha ? nameOf(row.merge_commit_sha) : null,
    changedLines: additions == null || deletions == null ? null : additions + deletions,
    bodyLength: ownTextLength(row.body, []),
    approvedBy: by('APPROVED'),
    changesRequestedBy: by('REQUEST_CHANGES'),
  };
}

/** What each said last; comments change no opinion, and what was withdrawn is none. */
function latestOpinions(reviews: readonly Review[]): Map<string, string> {
  const sorted = reviews
    .filter(({ state }) => state === 'APPROVED' || state === 'REQUEST_CHANGES')
    .map((review, at) => ({ review, at, time: secondsOf(review.submitted_at) ?? 0 }))
    .sort((a, b) => a.time - b.time || a.at - b.at);
  const opinions = new Map<string, string>();
  for (const { review } of sorted) {
    if (review.user) opinions.set(review.user.login, review.dismissed ? 'WITHDRAWN' : review.state);
  }
  return opinions;
}
