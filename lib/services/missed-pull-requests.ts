import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { PullRequest } from '@/lib/db/generated/client';
import type { ProviderApi, ProviderClient, PullRequestFacts } from '@/lib/git/providers/provider';
import { unlessGone } from '@/lib/git/providers/unless-gone';
import { effectiveConfiguration, PROJECT_ROW } from './configuration-layers';
import { openConnection } from './connection-clients';
import { deliverPolled } from './polled-deliveries';
import { lockProjectRow } from './project-lock';
import { recordPullRequest } from './pull-requests';
import { toldPullRequests } from './told-pull-requests';

/** Of lists of open pull requests: hosts give 20 to 100 a page. */
const MOST_PAGES = 3;
/** Of a project in one round; the next finds more. */
const MOST_DELIVERED = 20;
/** Requests that tell whether one that is not listed was closed. */
const MOST_ASKED = 10;

interface Host {
  provider: ProviderApi;
  client: ProviderClient;
  path: string;
}

/** A row that was written later than this before the host was asked may be newer than its answer. */
const SETTLED_MS = 60_000;

/**
 * Asks the host of a project for its open pull requests, in case nobody told of one: what we do not know yet becomes a
 * delivery. Those that were open when it was asked for the first time are recorded, and audited when they change. Gives the
 * number of new deliveries.
 */
export async function deliverMissedPullRequests(projectId: string): Promise<number> {
  const project = await db().project.findFirst({
    where: { id: projectId },
    include: { connection: true, webhook: true, team: PROJECT_ROW.team },
  });
  const { connection, providerPath: path, webhook } = project ?? {};
  if (!project || !connection || !path || !webhook) return 0;
  if (!effectiveConfiguration(project).pullRequests.audit) return 0;
  const settledBefore = new Date(Date.now() - SETTLED_MS);
  const open = await db().pullRequest.findMany({
    where: { projectId, isOpen: true, updatedAt: { lt: settledBefore } },
  });
  const host = { ...(await openConnection(connection)), path };
  const { listed, isWhole } = await listOpen(host);
  const closed = isWhole ? await findClosed(host, open, listed) : [];
  const told = toldPullRequests([...listed, ...closed]);
  const since = webhook.pullRequestsSince ?? Math.max(0, ...told.map(({ number }) => number));
  const known = await loadKnown(projectId, told);

  let delivered = 0;
  for (const pullRequest of told) {
    const before = known.get(pullRequest.number);
    if (!isNews(before, pullRequest) || (before && before.updatedAt >= settledBefore)) continue;
    if (!before && pullRequest.number <= since) await record(projectId, pullRequest);
    else if (delivered < MOST_DELIVERED && (await deliver(project, before, pullRequest))) delivered += 1;
  }
  await db().projectWebhook.updateMany({ where: { projectId }, data: { pullRequestsSince: since } });
  return delivered;
}

async function listOpen({ provider, client, path }: Host): Promise<{ listed: PullRequestFacts[]; isWhole: boolean }> {
  const listed: PullRequestFacts[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, nextCursor } = await provider.repositories.listOpenPullRequests(client, path, { cursor });
    listed.push(...items);
    if (nextCursor === null) return { listed, isWhole: true };
    cursor = nextCursor;
  }
  return { listed, isWhole: false };
}

/** One that moved from page to page while they were read is not listed and still open, so each is asked for by itself. */
async function findClosed(
  { provider, client, path }: Host,
  known: readonly PullRequest[],
  listed: readonly PullRequestFacts[],
): Promise<PullRequestFacts[]> {
  const open = new Set(listed.map(({ number }) => number));
  const absent = known.filter(({ number }) => !open.has(number)).slice(0, MOST_ASKED);
  const told: PullRequestFacts[] = [];
  for (const pullRequest of absent) {
    // Some hosts let pull requests be deleted.
    const facts = await unlessGone(() => provider.answers.getPullRequest(client, path, pullRequest.number));
    told.push(facts ?? goneOf(pullRequest));
  }
  return told.filter(({ isOpen }) => !isOpen);
}

function goneOf(known: PullRequest): PullRequestFacts {
  const { number, title, author, url, isDraft, isFork, baseBranch, headBranch, headCommitId, headRef } = known;
  return { number, title, author, url, isOpen: false, isDraft, isFork, baseBranch, headBranch, headCommitId, headRef };
}

async function loadKnown(projectId: string, told: readonly PullRequestFacts[]): Promise<Map<number, PullRequest>> {
  const number = { in: told.map((pullRequest) => pullRequest.number) };
  const rows = await db().pullRequest.findMany({ where: { projectId, number } });
  return new Map(rows.map((row) => [row.number, row]));
}

/** A title that was changed is no news. */
function isNews(before: PullRequest | undefined, now: PullRequestFacts): boolean {
  if (!before) return now.isOpen;
  return (
    before.isOpen !== now.isOpen ||
    before.isDraft !== now.isDraft ||
    before.headCommitId !== now.headCommitId ||
    before.baseBranch !== now.baseBranch
  );
}

async function record(projectId: string, pullRequest: PullRequestFacts): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockProjectRow(tx, projectId);
    await recordPullRequest(tx, projectId, pullRequest);
  });
}

function deliver(
  project: { id: string; provider: string | null; repositoryUrl: string },
  before: PullRequest | undefined,
  pullRequest: PullRequestFacts,
): Promise<boolean> {
  const { number, headCommitId, isOpen, isDraft } = pullRequest;
  const from = `${before?.updatedAt.toISOString() ?? 'new'} ${headCommitId} ${isOpen} ${isDraft} ${pullRequest.baseBranch}`;
  const step = createHash('sha256').update(from).digest('hex').slice(0, 24);
  return deliverPolled(project, {
    deliveryId: `poll-pull-${number}-${step}`,
    branch: null,
    change: { kind: 'pull_request', pullRequest, isHeadChanged: true },
    payload: { pullRequest },
  });
}
