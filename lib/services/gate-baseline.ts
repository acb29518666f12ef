import { pool, query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { areInLine } from '@/lib/git/ancestry';
import { countChangedLines, mergeBase } from '@/lib/git/new-code';
import type { GitRepository } from '@/lib/git/open-local';
import { readCommitHead } from '@/lib/git/read-tree';
import type { Logger } from '@/lib/logger';
import type { GateFacts } from '@/lib/magics/gate';
import type { NewCode } from '@/lib/magics/gate-policy';
import { couldTell, judgedAlike } from '@/lib/magics/judged-alike';
import { countNewSince } from '@/lib/magics/new-since';
import { Policy } from '@/lib/magics/policy';
import type { Finding } from '@/lib/magics/types';
import { pastOf } from './audit-line';
import type { AuditRun } from './audit-run';
import { requireBaseAudit } from './base-audits';
import { isChosenSql } from './chosen-magics';
import type { JudgedMagic, StoredResult } from './magic-rows';
import { unpackFindings } from './stored-findings';

/** What a gate looks back to, found while the repository is at hand. */
export interface NewCodeStart {
  /** The audit whose findings are the old ones; null: those of the branch's life. */
  gateBaselineId: string | null;
  /** Lines that changed since; null where the policy does not ask or nobody can tell. */
  changedLines: number | null;
}

/** Looked at for one that is of the line: each asks Git. */
const MOST_CANDIDATES = 10;

interface Candidate {
  id: string;
  commitId: string;
}

interface ReadParts {
  repository: GitRepository;
  commitId: string;
  signal: AbortSignal;
  log: Logger;
}

/** An extra to the audit: what cannot be found out is missing, and the gate says so. */
export async function findNewCodeStart(run: AuditRun, parts: ReadParts): Promise<NewCodeStart> {
  if (run.pullRequest) return startOfPullRequest(run, parts);
  const { smallChangeLines } = run.policy.gate;
  const nothing: NewCodeStart = { gateBaselineId: null, changedLines: null };
  if (run.asOf) return nothing;
  try {
    const baseline = await findBaseline(run, parts);
    const { repository, commitId, signal } = parts;
    const from = baseline?.commitId ?? (await previousCommit(run, commitId));
    const changedLines =
      smallChangeLines > 0 && from ? await countChangedLines(repository, { from, to: commitId }, signal) : null;
    return { gateBaselineId: baseline?.id ?? null, changedLines };
  } catch (err) {
    parts.signal.throwIfAborted();
    parts.log.warn({ err }, 'the beginning of new code could not be found');
    return nothing;
  }
}

/** What a pull request brings is new, whatever the policy says of other commits. */
async function startOfPullRequest(run: AuditRun, { repository, commitId, signal }: ReadParts): Promise<NewCodeStart> {
  const from = run.pullRequest?.baseCommitId;
  if (!from) throw new AppError('internal', 'the base of the pull request is not known');
  const { committedAt } = await readCommitHead(repository, from, signal);
  return {
    gateBaselineId: await requireBaseAudit(run, { commitId: from, committedAt: new Date(committedAt * 1000) }),
    changedLines: await countChangedLines(repository, { from, to: commitId }, signal),
  };
}

type BranchOfAudit = Pick<AuditRun, 'projectId' | 'auditId' | 'branch' | 'mainBranch'>;

/** Where new code would begin by the database alone: null where there is no audit, undefined where Git must be asked. */
export async function findBaselineByDatabase(run: BranchOfAudit, newCode: NewCode): Promise<string | null | undefined> {
  if (newCode.since === 'last_passed') return (await findLastPassed(run))?.id ?? null;
  if (newCode.since === 'date') return (await findAuditBefore(run, { before: dayOf(newCode.date) }))?.id ?? null;
  return undefined;
}

function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

async function findBaseline(run: AuditRun, parts: ReadParts): Promise<Candidate | null> {
  const { newCode } = run.policy.gate;
  switch (newCode.since) {
    case 'previous':
      return null;
    case 'last_passed':
      return findLastPassed(run);
    case 'date':
      return findAuditBefore(run, { before: dayOf(newCode.date) });
    case 'tag':
      return findAuditOf(run, `refs/tags/${newCode.tag}`, parts);
    case 'merge_base':
      return run.isMainBranch ? null : findAuditOfMergeBase(run, parts);
  }
}

/** A commit that is audited again has not changed since itself: what came before it, as far as that is known. */
async function previousCommit(run: AuditRun, commitId: string): Promise<string | null> {
  if (run.currentCommitId !== commitId) return run.currentCommitId;
  if (!run.isMainBranch) return null;
  const [row] = await query<Pick<Candidate, 'commitId'>>`
    select a.commit_id as "commitId"
    from audits this join audits a on a.project_id = this.project_id and a.branch = this.branch and a.number < this.number
    where this.id = ${run.auditId}::uuid and this.project_id = ${run.projectId}::uuid
      and a.status in ('completed', 'partial') and a.commit_id <> ${commitId}
    order by a.number desc limit 1`;
  return row?.commitId ?? null;
}

/**
 * Fingerprints that were new or reopened in earlier audits of the same commit, with no other commit of the branch between:
 * to judge a commit again makes nothing old.
 */
export async function newBeforeOnCommit({
  projectId,
  auditId,
}: Pick<AuditRun, 'projectId' | 'auditId'>): Promise<string[]> {
  const rows = await query<{ fingerprint: string }>`
    select distinct unnest(a.new_findings || a.reopened_findings) as fingerprint
    from audits this join audits a on a.project_id = this.project_id and a.branch = this.branch
      and a.commit_id = this.commit_id and a.number < this.number and a.status in ('completed', 'partial')
    where this.id = ${auditId}::uuid and this.project_id = ${projectId}::uuid
      and not exists (select from audits other
        where other.project_id = this.project_id and other.branch = this.branch
          and other.number > a.number and other.number < this.number
          and other.status in ('completed', 'partial') and other.commit_id <> this.commit_id)`;
  return rows.map(({ fingerprint }) => fingerprint);
}

async function findAuditOfMergeBase(run: AuditRun, parts: ReadParts): Promise<Candidate | null> {
  const { mainBranch } = run;
  const { repository, commitId, signal } = parts;
  const base = await mergeBase(repository, `refs/heads/${mainBranch}`, commitId, signal);
  return findAuditOf({ ...run, branch: mainBranch }, base, parts);
}

/** Of the commit itself, or of the newest one before it that was audited and is of its line. */
async function findAuditOf(
  run: AuditRun,
  ref: string,
  { repository, signal }: Pick<ReadParts, 'repository' | 'signal'>,
): Promise<Candidate | null> {
  const { id, committedAt } = await readCommitHead(repository, ref, signal);
  const before = new Date((committedAt + 1) * 1000);
  for (const candidate of await listAuditsBefore(run, { commitId: id, before, limit: MOST_CANDIDATES })) {
    if (candidate.commitId === id || (await areInLine(repository, candidate.commitId, id, signal))) return candidate;
  }
  return null;
}

async function findLastPassed({ projectId, auditId, branch }: BranchOfAudit): Promise<Candidate | null> {
  const { rows } = await pool().query<Candidate>({
    name: 'last-passed-audit',
    // One that left magics out is no word on what those find.
    text: `select a.id, a.commit_id as "commitId"
      from audits this join audits a on a.project_id = this.project_id and a.branch = this.branch and a.number < this.number
      where this.id = $1::uuid and this.project_id = $2::uuid and this.branch = $3
        and a.status = 'completed' and a.gate = 'passed' and a.commit_id is not null and not ${isChosenSql('a')}
      order by a.number desc limit 1`,
    values: [auditId, projectId, branch],
  });
  return rows[0] ?? null;
}

async function findAuditBefore(run: BranchOfAudit, { before }: { before: Date }): Promise<Candidate | null> {
  const [newest] = await listAuditsBefore(run, { before, limit: 1 });
  return newest ?? null;
}

/**
 * Of the branch or the project's own, audits of past weeks too, the last of each commit: the commit itself first, then the
 * newest before the time.
 */
function listAuditsBefore(
  { projectId, auditId, branch, mainBranch }: BranchOfAudit,
  { commitId = '', before, limit }: { commitId?: string; before: Date; limit: number },
): Promise<Candidate[]> {
  const branches = [branch, pastOf(branch), mainBranch, pastOf(mainBranch)];
  return query<Candidate>`
    select id, "commitId" from (
      select distinct on (a.commit_id) a.id, a.commit_id as "commitId", a.committed_at, a.number
      from audits a
      where a.project_id = ${projectId}::uuid and a.id <> ${auditId}::uuid and a.branch = any(${branches}::text[])
        and a.status in ('completed', 'partial') and a.commit_id is not null
        and a.committed_at < ${before.toISOString()}::timestamptz
      order by a.commit_id, a.number desc) audited
    order by "commitId" = ${commitId} desc, committed_at desc, number desc limit ${limit}::int`;
}

export interface NewFindings extends Pick<GateFacts, 'newCounts' | 'baseline'> {
  /** Its rule went by other options or limits then: whether it is new is for the audits since to say. */
  isIncomparable: (finding: Finding) => boolean;
  /** Fingerprints that were new or reopened in audits of the line between the two. */
  newBetween: readonly string[];
}

/** What the audit found and the baseline had not; null when that audit is gone. */
export async function newFindingsSince(
  baselineId: string,
  { auditId, projectId, policy: now }: Pick<AuditRun, 'auditId' | 'projectId' | 'policy'>,
  judged: readonly JudgedMagic[],
): Promise<NewFindings | null> {
  const rows = await query<{ number: number; policy: unknown; result: StoredResult; findings: Uint8Array | null }>`
    select a.number, a.policy, m.result, m.findings from audits a join audit_magics m on m.audit_id = a.id
    where a.id = ${baselineId}::uuid and a.project_id = ${projectId}::uuid and m.result is not null`;
  const number = rows[0]?.number;
  if (number === undefined) return null;
  const policy = Policy.parse(rows[0]?.policy);
  const old = await Promise.all(
    rows.map(async ({ result: { rules }, findings }) => ({
      rules,
      ...(await unpackFindings(findings)),
      couldTell: couldTell(policy, now),
    })),
  );
  const newCounts = countNewSince(
    old,
    judged.flatMap(({ findings }) => findings),
  );
  const isAlike = judgedAlike(policy, now);
  return {
    newCounts,
    baseline: { auditId: baselineId, number },
    isIncomparable: ({ ruleId }) => !isAlike(ruleId),
    newBetween: await newAfter(baselineId, auditId),
  };
}

async function newAfter(baselineId: string, auditId: string): Promise<string[]> {
  const rows = await query<{ fingerprint: string }>`
    select distinct unnest(a.new_findings || a.reopened_findings) as fingerprint
    from audits this join audits baseline on baseline.id = ${baselineId}::uuid
    join audits a on a.project_id = this.project_id and a.branch = this.branch
      and a.number > baseline.number and a.number < this.number and a.status in ('completed', 'partial')
    where this.id = ${auditId}::uuid and this.project_id = baseline.project_id`;
  return rows.map(({ fingerprint }) => fingerprint);
}
