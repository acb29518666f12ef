import type { AuditSummary } from '@/lib/schemas/audits';

/** Only what was judged can be compared. */
export function hasResult({ status }: Pick<AuditSummary, 'status'>): boolean {
  return status === 'completed' || status === 'partial';
}
