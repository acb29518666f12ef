import { db } from '@/lib/db/client';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { Policy } from '@/lib/magics/policy';
import type { AuditRef } from './audit-flow';
import type { Rename } from './finding-verdicts';
import { branchOfAudit } from './past-branch';

/** What jobs need to know of a running audit. */
export interface AuditRun extends AuditRef {
  teamId: string;
  projectId: string;
  repositoryUrl: string;
  /** The project's own branch: its findings have a life beyond this audit. */
  isMainBranch: boolean;
  branch: string;
  /** The project's own. */
  mainBranch: string;
  /** Of an audit of the past: when the branch was as it is judged. */
  asOf: Date | null;
  commitId: string | null;
  /** Of the coverage report it reads, fixed with the commit; null without one. */
  coverageHash: string | null;
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
  enabledMagics: string[];
  policy: Policy;
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
          branch: true,
          currentAudit: { select: { commitId: true, policy: true } },
        },
      },
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
    isMainBranch: branch === project.branch,
    branch: branchOfAudit(branch),
    mainBranch: project.branch,
    asOf,
    commitId,
    coverageHash,
    verdictsAt: audit.verdictsAt,
    verdictsHash: audit.verdictsHash,
    demotedRules: audit.demotedRules,
    renames: audit.renames as unknown as Rename[],
    currentCommitId: project.currentAudit?.commitId ?? null,
    ownRulesBefore: rulesBefore(project.currentAudit?.policy),
    gateBaselineId: audit.gateBaselineId,
    changedLines: audit.changedLines,
    shards,
    enabledMagics,
    policy: Policy.parse(audit.policy),
  };
}

function rulesBefore(policy: unknown): readonly OwnRule[] {
  const read = Policy.safeParse(policy ?? {});
  return read.success ? read.data.ownRules : [];
}
