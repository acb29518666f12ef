'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { ColumnHeads } from '@/components/layout/ColumnHeads';
import { AUDIT_GRID } from './audit-grid';

export function AuditHeads() {
  const { columns } = useMessages().audits;
  const heads = [
    ['what', columns.audit],
    ['result', columns.result],
    ['health', columns.health],
    ['gate', columns.gate],
    ['findings', columns.findings],
    ['when', columns.started],
    ['took', columns.took],
  ] as const;
  return <ColumnHeads grid={AUDIT_GRID} heads={heads} wideOnly="findings" />;
}
