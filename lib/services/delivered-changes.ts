import type { Tx } from '@/lib/db/client';
import type { DeliveredChange } from '@/lib/git/providers/provider';
import { BranchName } from '@/lib/schemas/common';
import { loadAuditedBranches } from './audited-branches';
import type { Outcome } from './delivery-outcome';
import { requestPullRequestAudit } from './pull-request-audits';
import { recordPullRequest } from './pull-requests';
import { requestPushAudit } from './push-audits';
import { followRepository } from './repository-moves';
import type { ToldProject } from './told-project';

/** Of branches and patterns, in the sentence that says why a push is not audited. */
const MOST_NAMED = 5;
/** Branches that end in one commit: any of them answers for it. */
const MOST_BRANCHES_OF_COMMIT = 20;

type Push = Extract<DeliveredChange, { kind: 'push' }>;
type PullRequest = Extract<DeliveredChange, { kind: 'pull_request' }>;

/** Does what one change asks for. The project is locked; what is done twice is done once. */
export function handleChange(tx: Tx, project: ToldProject, change: DeliveredChange): Promise<Outcome> {
  switch (change.kind) {
    case 'push':
      return pushed(tx, project, change);
    case 'tag':
      // Releases are read with the next audit.
      return ignored('tag', { name: change.name });
    case 'pull_request':
      return pullRequestChanged(tx, project, change);
    case 'rerun':
      return rerun(tx, project, change.commitId);
    case 'repository':
      return followRepository(tx, project, change);
    case 'installation':
      return ignored('installation');
    case 'ping':
      return Promise.resolve({ status: 'processed', id: 'ping' });
    case 'other':
      return ignored('not_needed');
  }
}

async function ignored(id: string, data: Outcome['data'] = {}): Promise<Outcome> {
  return { status: 'ignored', id, data };
}

async function pushed(tx: Tx, project: ToldProject, { branch, after, files, isForced }: Push): Promise<Outcome> {
  if (after === null && branch !== project.branch) return ignored('branch_deleted', { branch });
  if (after === null) {
    await tx.project.updateMany({ where: { id: project.id }, data: { accessProblem: 'repository_no_such_branch' } });
    return { status: 'processed', id: 'audited_branch_deleted', data: { branch } };
  }
  const audited = await loadAuditedBranches(tx, project);
  if (!BranchName.safeParse(branch).success || !audited.has(branch)) {
    return ignored('other_branch', { branch, audited: namesOf(audited.patterns) });
  }
  const [known] = await tx.$queryRaw<{ id: string; number: number; commitId: string | null; status: string }[]>`
    select id, number, commit_id as "commitId", status::text from audits
    where project_id = ${project.id}::uuid and branch = ${branch} and as_of is null
      and status in ('running', 'completed', 'partial')
    order by number desc limit 1`;
  if (known?.commitId === after)
    return { ...(await ignored('already_audited', { number: known.number })), auditId: known.id };
  const audit = await requestPushAudit(tx, project, { branch, files });
  const id = !audit.isNew ? 'joined_waiting_audit' : isForced ? 'audit_queued_after_force' : 'audit_queued';
  const data = { branch, commit: after.slice(0, 7), number: audit.number };
  return { status: 'processed', id, data, auditId: audit.id, isNewAudit: audit.isNew, waitsOn: branch };
}

/** Few of many patterns, for a sentence. */
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown}, …` : shown;
}

async function pullRequestChanged(
  tx: Tx,
  project: ToldProject,
  { pullRequest, isHeadChanged }: PullRequest,
): Promise<Outcome> {
  const { number, isOpen } = pullRequest;
  const pullRequestId = await recordPullRequest(tx, project.id, pullRequest);
  if (!isOpen) return { status: 'processed', id: 'pull_request_closed', data: { number }, closed: pullRequestId };
  const audit = isHeadChanged ? await requestPullRequestAudit(tx, pullRequestId) : null;
  if (!audit) return { status: 'processed', id: 'pull_request_recorded', data: { number } };
  const id = audit.isNew ? 'pull_request_audit_queued' : 'pull_request_joined';
  return { status: 'processed', id, data: { number }, auditId: audit.auditId, isNewAudit: audit.isNew };
}

interface AuditOfCommit {
  pullRequestId?: string | null;
  headCommitId?: string | null;
  prNumber?: number | null;
}

/** Somebody at the host asks for the check of a commit again. */
async function rerun(tx: Tx, project: ToldProject, commitId: string): Promise<Outcome> {
  const commit = commitId.slice(0, 7);
  const [pull] = await tx.$queryRaw<AuditOfCommit[]>`
    select a.pull_request_id as "pullRequestId", r.head_commit_id as "headCommitId", r.number as "prNumber"
    from audits a join pull_requests r on r.id = a.pull_request_id
    where a.project_id = ${project.id}::uuid and a.commit_id = ${commitId} and r.is_open
    order by a.number desc limit 1`;
  if (pull?.pullRequestId && pull.headCommitId === commitId) {
    const audit = await requestPullRequestAudit(tx, pull.pullRequestId, { isRepeat: true });
    const data = { number: pull.prNumber ?? 0 };
    if (audit) {
      return { status: 'processed', id: 'pull_request_audit_queued', data, auditId: audit.auditId, isNewAudit: true };
    }
  }
  const branches = await tx.$queryRaw<{ branch: string }[]>`
    select a.branch from audits a
    where a.project_id = ${project.id}::uuid and a.commit_id = ${commitId} and a.as_of is null and a.pull_request_id is null
      and not exists (select from audits newer where newer.project_id = a.project_id and newer.branch = a.branch
        and newer.number > a.number and newer.as_of is null and newer.commit_id <> a.commit_id)
    order by a.branch = ${project.branch} desc, a.number desc limit ${MOST_BRANCHES_OF_COMMIT}::int`;
  const audited = await loadAuditedBranches(tx, project);
  const branch = branches.find((one) => audited.has(one.branch))?.branch;
  if (branch === undefined) return ignored('rerun_of_older', { commit });
  const audit = await requestPushAudit(tx, project, { branch, files: [] });
  const id = audit.isNew ? 'rerun_queued' : 'joined_waiting_audit';
  const data = { branch, commit, number: audit.number };
  return { status: 'processed', id, data, auditId: audit.id, isNewAudit: audit.isNew };
}
