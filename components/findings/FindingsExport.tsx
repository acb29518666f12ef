'use client';

import { ExportMenu } from '@/components/exports/ExportMenu';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { AuditSummary } from '@/lib/schemas/audits';
import { type FindingsFilter, filterQuery } from './filter';

interface FindingsExportProps {
  current: AuditSummary;
  filter: FindingsFilter;
}

/** The findings of the newest audit as files, narrowed as the page is. */
export function FindingsExport({ current: { auditId, number }, filter }: FindingsExportProps) {
  const t = useMessages();
  const { assignee, ...narrowed } = filterQuery(filter);
  const notes = [t.exports.asAudited(number), ...(assignee === undefined ? [] : [t.exports.noAssignee])];
  return (
    <ExportMenu
      auditId={auditId}
      number={number}
      filter={{ ...narrowed, state: filter.state }}
      notes={notes}
      size="small"
    />
  );
}
