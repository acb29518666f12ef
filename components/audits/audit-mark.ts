import type { MarkStatus } from '@/components/marks/status-drawings';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { AuditStatus } from '@/lib/schemas/common';

const AUDIT_MARKS: Record<AuditStatus, MarkStatus> = {
  queued: 'waiting',
  running: 'running',
  completed: 'passed',
  partial: 'partial',
  failed: 'error',
  cancelled: 'not_applicable',
};

/** How an audit ended, as a mark. One that left a magic without a score never looks like a passed one. */
export function auditMark(audit: Pick<AuditSummary, 'status' | 'magicsJudged' | 'magicsTotal'>): MarkStatus {
  return isWhole(audit) ? AUDIT_MARKS[audit.status] : 'partial';
}

/** False when it ended without a score for some of the magics it asked. */
export function isWhole({
  status,
  magicsJudged,
  magicsTotal,
}: Pick<AuditSummary, 'status' | 'magicsJudged' | 'magicsTotal'>): boolean {
  return status !== 'completed' || magicsJudged >= magicsTotal;
}
