import type { Messages } from '@/lib/i18n/messages';
import type { AuditSummary } from '@/lib/schemas/audits';
import { isWhole } from './audit-mark';

/** How an audit ended, in words; one that left a magic without a score says so in place of its end. */
export function auditWords(audit: Pick<AuditSummary, 'status' | 'magicsJudged' | 'magicsTotal'>, t: Messages): string {
  return isWhole(audit)
    ? t.common.auditStatus[audit.status]
    : t.project.cards.judged(audit.magicsJudged, audit.magicsTotal);
}
