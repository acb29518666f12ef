import { query } from '@/lib/db/client';
import { reasonUnread } from '@/lib/facts/history/reason-unread';
import { areInLine } from '@/lib/git/ancestry';
import type { GitRepository } from '@/lib/git/open-local';
import type { LastAuditFact } from '@/lib/magics/facts/audits';
import type { AuditRun } from './audit-run';

/**
 * What the newest earlier audit of the branch judged, when that was another commit; null without one. A commit the
 * repository no longer holds is no ancestor of any that it does. One rule asks: what keeps Git from telling is its reason.
 */
export async function loadLastAudit(
  { projectId, auditId, commitId }: Pick<AuditRun, 'projectId' | 'auditId' | 'commitId'>,
  repository: GitRepository,
  signal?: AbortSignal,
): Promise<{ fact: LastAuditFact | null } | { missing: string }> {
  const [last] = await query<{ commit: string; number: number }>`
    select a.commit_id as commit, a.number
    from audits this
    join audits a on a.project_id = this.project_id and a.branch = this.branch and a.number < this.number
    where this.id = ${auditId}::uuid and this.project_id = ${projectId}::uuid
      and a.status in ('completed', 'partial') and a.commit_id is not null and a.commit_id <> this.commit_id
    order by a.number desc limit 1`;
  if (!last || commitId === null) return { fact: null };
  try {
    const isKept = (await areInLine(repository, last.commit, commitId, signal)) ?? false;
    return { fact: { ...last, isKept } };
  } catch (error) {
    return { missing: reasonUnread(error) };
  }
}
