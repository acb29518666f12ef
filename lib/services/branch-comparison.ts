import { createHash } from 'node:crypto';
import { asSystem } from '@/lib/auth/tenants';
import { db, query } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import type { DeliveredChange } from '@/lib/git/providers/provider';
import type { RemoteHead } from '@/lib/git/remote-head';
import type { Logger } from '@/lib/logger';
import { askWhetherArchived } from './archived-repositories';
import { loadAuditedBranches } from './audited-branches';
import { askForMissedDeliveries } from './missed-deliveries';
import { deliverMissedPullRequests } from './missed-pull-requests';
import { deliverPolled } from './polled-deliveries';
import { readProjectHead } from './project-head';
import { ensureWebhook } from './project-webhooks';
import { NOT_READABLE } from './repository-access';

/** Between two looks at the same project, more or less: the half of it is drawn by lot, so that they do not all come at once. */
const EVERY_MINUTES = 30;
const PROJECTS_A_ROUND = 20;
const OF_ONE_HOST_A_ROUND = 5;

/** Branches of one project that are compared in a round, of so many that match its patterns. */
const MOST_COMPARED = 50;
const MOST_MATCHING = 5_000;
/** For one host's answer. */
const TIMEOUT_MS = 30_000;

interface Compared {
  id: string;
  teamId: string;
  repositoryUrl: string;
  branch: string;
  provider: string | null;
  connectionId: string | null;
  providerPath: string | null;
  providerRepositoryId: string | null;
  isArchived: boolean;
  comparedAt: Date | null;
}

/**
 * Asks Git hosts where branches and pull requests stand, in case nobody told: what is newer than what we know becomes a
 * delivery of its own, and hosts that can are asked to send again what did not arrive. Gives the number of new deliveries.
 * Of archived repositories only that is asked, with a connection; those on this machine are left alone.
 */
export async function compareBranches(log: Logger, signal?: AbortSignal): Promise<number> {
  const perHost = new Map<string, number>();
  let found = 0;
  for (const project of await asSystem(loadDue)) {
    if (signal?.aborted) break;
    const host = URL.canParse(project.repositoryUrl) ? new URL(project.repositoryUrl).host : '';
    const asked = perHost.get(host) ?? 0;
    if (asked >= OF_ONE_HOST_A_ROUND) continue;
    perHost.set(host, asked + 1);
    const ask = createAsking(project.id, log);
    if (!(await ask('turn', () => claim(project)))) continue;
    const isArchived = await ask('archive', () => askWhetherArchived(project));
    if (isArchived ?? project.isArchived) continue;
    const isBehind = await ask('branches', async () => compare(project, await askHead(project, signal)));
    const sentAgain = await ask('deliveries that did not arrive', () => askForMissedDeliveries(project.id));
    if (sentAgain) log.info({ projectId: project.id, sentAgain }, 'the host sends again what did not arrive');
    const pullRequests = await ask('pull requests', () => deliverMissedPullRequests(project.id));
    found += (isBehind ? 1 : 0) + (pullRequests ?? 0);
  }
  return found;
}

/** What a host does not tell keeps it from telling nothing else: that is null. */
function createAsking(projectId: string, log: Logger) {
  return async <Told>(subject: string, ask: () => Promise<Told>): Promise<Told | null> => {
    try {
      return await asSystem(ask);
    } catch (err) {
      log[isAppError(err) ? 'info' : 'warn']({ err, projectId, subject }, 'the host could not be asked');
      return null;
    }
  };
}

function loadDue(): Promise<Compared[]> {
  return query<Compared>`
    select p.id, p.team_id as "teamId", p.repository_url as "repositoryUrl", p.branch, p.provider, p.connection_id as "connectionId",
      p.provider_path as "providerPath", p.provider_repository_id as "providerRepositoryId", p.is_archived as "isArchived",
      w.compared_at as "comparedAt"
    from projects p left join project_webhooks w on w.project_id = p.id
    where p.repository_url ~ '^[a-z]+://' and (not p.is_archived or p.connection_id is not null)
      and coalesce(w.compared_at, p.created_at) < now() - ${EVERY_MINUTES} * interval '1 minute'
        * (0.75 + 0.5 * (('x' || substr(md5(p.id::text), 1, 6))::bit(24)::int / 16777216.0))
    order by coalesce(w.compared_at, p.created_at) limit ${PROJECTS_A_ROUND}::int`;
}

/** Hosts that tell of no deletion are found out here. What Git can read again is a problem no more. */
async function askHead(project: Compared, signal?: AbortSignal): Promise<RemoteHead> {
  try {
    const head = await readHead(project, signal);
    await noteAccess(project, { in: [...NOT_READABLE] }, null);
    return head;
  } catch (error) {
    if (isAppError(error) && NOT_READABLE.has(error.code)) await noteAccess(project, undefined, error.code);
    throw error;
  }
}

/** Of the project as it was asked about: one that was moved or connected meanwhile was not. */
async function noteAccess(
  { id, repositoryUrl, connectionId }: Compared,
  before: { in: string[] } | undefined,
  accessProblem: string | null,
): Promise<void> {
  const where = { id, repositoryUrl, connectionId, ...(before && { accessProblem: before }) };
  await db().project.updateMany({ where, data: { accessProblem } });
}

function readHead(project: Compared, signal?: AbortSignal): Promise<RemoteHead> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  return readProjectHead(project, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
}

async function compare(project: Compared, head: RemoteHead): Promise<boolean> {
  let isFound = false;
  for (const { name, commitId } of await knownOf(project, head.branches)) {
    if (await deliverWhenBehind(project, name, commitId)) isFound = true;
  }
  return isFound;
}

/** Of the branches that are audited those that were audited before, the project's own first. */
async function knownOf(project: Compared, branches: RemoteHead['branches']): Promise<RemoteHead['branches']> {
  const audited = await loadAuditedBranches(db(), project);
  const at = branches.filter(({ name }) => audited.has(name)).slice(0, MOST_MATCHING);
  const known = await query<{ branch: string }>`
    select branch from audits
    where project_id = ${project.id}::uuid and branch = any(${at.map(({ name }) => name)}::text[]) and as_of is null
    group by branch order by branch = ${project.branch} desc, max(number) desc limit ${MOST_COMPARED}::int`;
  return known.flatMap(({ branch }) => at.find(({ name }) => name === branch) ?? []);
}

async function deliverWhenBehind(project: Compared, branch: string, after: string): Promise<boolean> {
  const before = await commitBehind(project.id, branch, after);
  if (before === null) return false;
  const ofBranch =
    branch === project.branch ? '' : `${createHash('sha256').update(branch).digest('hex').slice(0, 12)}-`;
  const deliveryId = `poll-${ofBranch}${before.slice(0, 12)}-${after}`;
  const change: DeliveredChange = {
    kind: 'push',
    branch,
    before,
    after,
    isForced: false,
    files: [],
    commitMessage: null,
  };
  return deliverPolled(project, { deliveryId, branch, change, payload: { branch, before, after } });
}

/** False when another process looks at it. */
async function claim({ id, teamId, comparedAt }: Compared): Promise<boolean> {
  await db().$transaction((tx) => ensureWebhook(tx, { id, teamId }));
  const { count } = await db().projectWebhook.updateMany({
    where: { projectId: id, comparedAt },
    data: { comparedAt: new Date() },
  });
  return count > 0;
}

/** The commit that was audited last; null when that is this one, when an audit waits that will see it, or when none ended yet. */
async function commitBehind(id: string, branch: string, after: string): Promise<string | null> {
  const audits = await query<{ status: string; commitId: string | null }>`
    select status::text, commit_id as "commitId" from audits
    where project_id = ${id}::uuid and branch = ${branch} and as_of is null
      and status in ('queued', 'running', 'completed', 'partial')
    order by number desc limit 2`;
  if (audits.some(({ status, commitId }) => status === 'queued' || commitId === after || commitId === null))
    return null;
  return audits[0]?.commitId ?? null;
}
