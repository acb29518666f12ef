import { db, type Tx } from '@/lib/db/client';
import { createAudit, magicsOf } from './audit-creation';
import { endAudit } from './audit-end';
import { lockAudit } from './audit-flow';
import { pullRequestLine } from './audit-line';
import { effectiveConfiguration, PROJECT_ROW, policyOf } from './configuration-layers';
import { lockProjectRow } from './project-lock';

export interface RequestedAudit {
  auditId: string;
  /** False: one of the same commit was there. */
  isNew: boolean;
}

/**
 * Asks for an audit of a pull request's newest commit. Audits of older commits of it end: nobody reads them any more. Null when
 * the pull request is closed, or its team wants none of it. Whoever calls announces the audit once the transaction is through.
 */
export async function requestPullRequestAudit(
  tx: Tx,
  pullRequestId: string,
  { isRepeat = false }: { isRepeat?: boolean } = {},
): Promise<RequestedAudit | null> {
  const pullRequest = await tx.pullRequest.findFirst({
    where: { id: pullRequestId },
  });
  if (!pullRequest?.isOpen) return null;
  const { projectId, headCommitId } = pullRequest;
  await lockProjectRow(tx, projectId);
  const project = await tx.project.findFirstOrThrow({
    where: { id: projectId },
    select: { ...PROJECT_ROW, teamId: true },
  });
  const configuration = effectiveConfiguration(project);
  const settings = configuration.pullRequests;
  if (!settings.audit || (pullRequest.isDraft && !settings.drafts)) return null;
  const line = pullRequestLine(pullRequest.baseBranch, pullRequest.number);
  const same = isRepeat ? null : await findOfCommit(tx, pullRequestId, line, headCommitId);
  if (same) return { auditId: same, isNew: false };
  await endUnderWay(tx, pullRequestId, 'superseded');
  const policy = policyOf(configuration);
  const audit = await createAudit(tx, project.teamId, {
    projectId,
    branch: line,
    askedCommitId: headCommitId,
    pullRequestId,
    kind: 'incremental',
    trigger: 'pull_request',
    magics: magicsOf(policy),
    policy,
    configurationVersion: project.team.configurationVersion,
    priority: 'high',
    requestedById: null,
  });
  return { auditId: audit.id, isNew: true };
}

/** Ends what is under way for a pull request that was closed. Gives the audits that ended. */
export async function endPullRequestAudits(pullRequestId: string): Promise<string[]> {
  return db().$transaction((tx) => endUnderWay(tx, pullRequestId, null));
}

async function findOfCommit(tx: Tx, pullRequestId: string, branch: string, commitId: string): Promise<string | null> {
  const audit = await tx.audit.findFirst({
    where: {
      pullRequestId,
      branch,
      askedCommitId: commitId,
      status: { in: ['queued', 'running', 'completed', 'partial'] },
    },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  return audit?.id ?? null;
}

async function endUnderWay(tx: Tx, pullRequestId: string, errorCode: 'superseded' | null): Promise<string[]> {
  const older = await tx.audit.findMany({
    where: { pullRequestId, status: { in: ['queued', 'running'] } },
    select: { id: true },
    orderBy: { number: 'asc' },
  });
  const ended: string[] = [];
  for (const { id } of older) {
    const audit = await lockAudit(tx, id);
    if (!audit || (audit.status !== 'queued' && audit.status !== 'running')) continue;
    await endAudit(tx, audit, { status: 'cancelled', errorCode });
    ended.push(id);
  }
  return ended;
}
