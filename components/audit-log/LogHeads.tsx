'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { ColumnHeads } from '@/components/layout/ColumnHeads';
import { LOG_GRID } from './log-grid';

export function LogHeads() {
  const { columns } = useMessages().auditLog;
  const heads = [
    ['when', columns.when],
    ['what', columns.what],
    ['who', columns.who],
    ['from', columns.from],
    ['number', columns.number],
  ] as const;
  return <ColumnHeads grid={LOG_GRID} heads={heads} wideOnly="number" />;
}
