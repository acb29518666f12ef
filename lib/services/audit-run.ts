import { db } from '@/lib/db/client';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { Policy } from '@/lib/magics/policy';
import { KnownObject } from '@/lib/objects/known-object';
import type { AuditRef } from './audit-flow';
import { branchOfAudit } from './audit-line';
import { AuditPacks } from './audit-objects';
import type { Rename } from './finding-verdicts';

export interface PullRequestOfRun {
  number: number;
  /** What Git fetches its head by; null: it is a branch of the repository. */
  headRef: string | null;
  isFork: boolean;
  /** Where its branch left the base; null until it is known. */
  baseCommitId: string | null;
}

/** What jobs need to know of a running audit. */
export interface AuditRun extends AuditRef {
  teamId: string;
  projectId: string;
  repositoryUrl: string;
  connectionId: string | null;
  /** The project's own branch: its findings have a life beyond this audit. */
  isMainBranch: boolean;
  branch: string;
  /** The project's own. */
  mainBranch: string;
  /** Of an audit of the past: when the branch was as it is judged. */
  asOf: Date | null;
  /** The commit that was asked for; null: the newest of the branch. */
  askedCommitId: string | null;
  kind: string;
  commitId: string | null;
  /** Null where the audit is of no pull request. */
  pullRequest: PullRequestOfRun | null;
  /** Of the coverage report it reads, fixed with the commit; null without one. */
  coverageHash: string | null;
  /** Of what its Git host said; null where the host was not asked, or not yet. */
  hostEvidenceHash: string | null;
  /** When it took the team's verdicts, fixed with the commit. */
  verdictsAt: Date | null;
  /** Of them; null when none were in force and no rule was demoted. */
  verdictsHash: string | null;
  demotedRules: readonly string[];
  /** Files that moved since the commit of the project's current audit. */
  renames: readonly Rename[];
  /** The commit of the project's current audit. */
  currentCommitId: string | null;
  /** Of the project's current audit: what those found in a file is known. */
  ownRulesBefore: readonly OwnRule[];
  /** See `NewCodeStart`. */
  gateBaselineId: string | null;
  changedLines: number | null;
  shards: number;
  /** What its collectors read in place of Git; null where they read Git. */
  packs: AuditPacks | null;
  /** Its facts, put together for judges that read no Git; null until then. */
  factsObject: KnownObject | null;
  enabledMagics: string[];
  policy: Policy;
  configurationVersion: number | null;
}

/** Null when the audit ended or a newer attempt took over. */
export async function findRun({ auditId, attempt }: AuditRef): Promise<AuditRun | null> {
  const audit = await db().audit.findFirst({
    where: { id: auditId, attempt, status: 'running' },
    include: {
      project: {
        select: {
          teamId: true,
          repositoryUrl: true,
          connectionId: true,
          branch: true,
          currentAudit: { select: { commitId: true, policy: true } },
        },
      },
      hostEvidence: { select: { hash: true } },
      pullRequest: { select: { number: true, headRef: true, isFork: true } },
    },
  });
  if (!audit) return null;
  const { project, projectId, branch, asOf, commitId, coverageHash, shards, enabledMagics } = audit;
  return {
    auditId,
    attempt,
    teamId: project.teamId,
    projectId,
    repositoryUrl: project.repositoryUrl,
    connectionId: project.connectionId,
    isMainBranch: branch === project.branch,
    branch: branchOfAudit(branch),
    mainBranch: project.branch,
    asOf,
    askedCommitId: audit.askedCommitId,
    kind: audit.kind,
    commitId,
    pullRequest: audit.pullRequest && { ...audit.pullRequest, baseCommitId: audit.baseCommitId },
    coverageHash,
    hostEvidenceHash: audit.hostEvidence?.hash ?? null,
    verdictsAt: audit.verdictsAt,
    verdictsHash: audit.verdictsHash,
    demotedRules: audit.demotedRules,
    renames: audit.renames as unknown as Rename[],
    currentCommitId: project.currentAudit?.commitId ?? null,
    ownRulesBefore: rulesBefore(project.currentAudit?.policy),
    gateBaselineId: audit.gateBaselineId,
    changedLines: audit.changedLines,
    shards,
    packs: audit.packs === null ? null : AuditPacks.parse(audit.packs),
    factsObject: audit.factsObject === null ? null : KnownObject.parse(audit.factsObject),
    enabledMagics,
    policy: Policy.parse(audit.policy),
    configurationVersion: audit.configurationVersion,
  };
}

function rulesBefore(policy: unknown): readonly OwnRule[] {
  const read = Policy.safeParse(policy ?? {});
  return read.success ? read.data.ownRules : [];
}
