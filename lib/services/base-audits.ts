import { db, query } from '@/lib/db/client';
import { canonicalJson } from '@/lib/magics/hash';
import { Policy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import type { MagicId } from '@/lib/magics/types';
import { createAudit } from './audit-creation';
import { baseLine } from './audit-line';
import type { AuditRun } from './audit-run';
import { lockProjectRow } from './project-lock';

/** The longest that an audit of a pull request waits for the one of its base. */
const LONGEST_WAIT_SECONDS = 600;

interface BaseCommit {
  commitId: string;
  committedAt: Date;
}

interface Candidate {
  id: string;
  policy: unknown;
  enabledMagics: string[];
}

/**
 * The audit that says what was there before a pull request: one of the very commit, by the same rules and policy; it is asked
 * for when there is none. Most commits of a base were read before, so it is done soon.
 */
export async function requireBaseAudit(run: AuditRun, base: BaseCommit): Promise<string> {
  return db().$transaction(async (tx) => {
    await lockProjectRow(tx, run.projectId);
    const candidates = await tx.$queryRaw<Candidate[]>`
      select id, policy, enabled_magics as "enabledMagics" from audits
      where project_id = ${run.projectId}::uuid and pull_request_id is null and id <> ${run.auditId}::uuid
        and (commit_id = ${base.commitId} or asked_commit_id = ${base.commitId})
        and (status in ('queued', 'running') or status = 'completed' and rule_pack_version = ${RULE_PACK_VERSION})
      order by status = 'completed' desc, number desc`;
    const asks = new Set(run.enabledMagics);
    const fit = candidates.find(
      ({ policy, enabledMagics }) =>
        judgingPart(Policy.parse(policy)) === judgingPart(run.policy) &&
        [...asks].every((magic) => enabledMagics.includes(magic)),
    );
    if (fit) return fit.id;
    const audit = await createAudit(tx, run.teamId, {
      projectId: run.projectId,
      branch: baseLine(run.branch, base.commitId),
      asOf: base.committedAt,
      askedCommitId: base.commitId,
      kind: 'incremental',
      trigger: 'pull_request',
      magics: run.enabledMagics as MagicId[],
      policy: run.policy,
      configurationVersion: run.configurationVersion ?? 0,
      priority: 'high',
      requestedById: null,
    });
    return audit.id;
  });
}

/** Whether the audit of the base is still to be waited for. */
export async function isBaseUnderWay({ pullRequest, gateBaselineId, auditId }: AuditRun): Promise<boolean> {
  if (!pullRequest || !gateBaselineId) return false;
  const rows = await query`
    select 1 from audits base, audits this
    where base.id = ${gateBaselineId}::uuid and base.status in ('queued', 'running') and this.id = ${auditId}::uuid
      and this.started_at > now() - ${LONGEST_WAIT_SECONDS} * interval '1 second'`;
  return rows.length > 0;
}

/** The gate judges what findings come to, and changes none. */
function judgingPart({ gate: _, ...judging }: Policy): string {
  return canonicalJson(judging);
}
