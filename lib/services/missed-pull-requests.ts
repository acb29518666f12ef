import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { PullRequest } from '@/lib/db/generated/client';
import { isAppError } from '@/lib/errors';
import type { ProviderApi, ProviderClient, PullRequestFacts } from '@/lib/git/providers/provider';
import { effectiveConfiguration, PROJECT_ROW } from './configuration-layers';
import { openConnection } from './connection-clients';
import { deliverPolled } from './polled-deliveries';
import { lockProjectRow } from './project-lock';
import { recordPullRequest } from './pull-requests';

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

/**
 * Asks the host of a project for its open pull requests, in case nobody told of one: what we do not know yet becomes a
 * delivery. Those that are open when it is asked for the first time are recorded, and audited when they change. Gives the number of
 * new deliveries.
 */
export async function deliverMissedPullRequests(projectId: string): Promise<number> {
  const project = await db().project.findFirst({
    where: { id: projectId },
    include: { connection: true, webhook: true, team: PROJECT_ROW.team },
  });
  const { connection, providerPath: path, webhook } = project ?? {};
  if (!project || !connection || !path || !webhook) return 0;
  if (!effectiveConfiguration(project).pullRequests.audit) return 0;
  // Read before the host is asked: what is opened meanwhile is not taken for closed.
  const known = await db().pullRequest.findMany({ where: { projectId, isOpen: true } });
  const host = { ...(await openConnection(connection)), path };
  const { listed, isWhole } = await listOpen(host);
  const closed = isWhole ? await findClosed(host, known, listed) : [];
  const isFirst = webhook.pullRequestsReadAt === null;

  let delivered = 0;
  for (const pullRequest of [...listed, ...closed]) {
    if (delivered >= MOST_DELIVERED) return delivered;
    const before = await findKnown(projectId, pullRequest.number);
    if (!isNews(before, pullRequest)) continue;
    if (isFirst && !before) await record(projectId, pullRequest);
    else if (await deliver(project, before, pullRequest)) delivered += 1;
  }
  await db().projectWebhook.updateMany({ where: { projectId }, data: { pullRequestsReadAt: new Date() } });
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
    try {
      told.push(await provider.answers.getPullRequest(client, path, pullRequest.number));
    } catch (error) {
      // Some hosts let pull requests be deleted.
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
      told.push(goneOf(pullRequest));
    }
  }
  return told.filter(({ isOpen }) => !isOpen);
}

function goneOf(known: PullRequest): PullRequestFacts {
  const { number, title, author, url, isDraft, isFork, baseBranch, headBranch, headCommitId, headRef } = known;
  return { number, title, author, url, isOpen: false, isDraft, isFork, baseBranch, headBranch, headCommitId, headRef };
}

function findKnown(projectId: string, number: number): Promise<PullRequest | null> {
  return db().pullRequest.findFirst({ where: { projectId, number } });
}

/** A title that was changed is no news. */
function isNews(before: PullRequest | null, now: PullRequestFacts): boolean {
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
  before: PullRequest | null,
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
