'use client';

import { useMessages } from '@/components/i18n/LocaleProvider';
import { ColumnHeads } from '@/components/layout/ColumnHeads';
import { RULE_GRID } from './rule-grid';

export function RuleHeads() {
  const { columns, precision } = useMessages().rules;
  const heads = [
    ['severity', columns.severity],
    ['title', columns.rule],
    ['id', columns.id],
    ['group', columns.group],
    ['precision', precision.title],
    ['number', columns.number],
  ] as const;
  return <ColumnHeads grid={RULE_GRID} heads={heads} wideOnly="group" />;
}
