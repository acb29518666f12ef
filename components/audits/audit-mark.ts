import type { MarkStatus } from '@/components/marks/status-drawings';
import type { AuditStatus } from '@/lib/schemas/common';

/** How an audit ended, as a mark. A partial audit never looks like a passed one. */
export const AUDIT_MARKS: Record<AuditStatus, MarkStatus> = {
  queued: 'waiting',
  running: 'running',
  completed: 'passed',
  partial: 'partial',
  failed: 'error',
  cancelled: 'not_applicable',
};
