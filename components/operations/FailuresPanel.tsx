import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { textOf } from '@/lib/i18n/text-of';
import type { OperationsView } from '@/lib/schemas/operations';
import { type FactColumn, FactTable } from './FactTable';
import { causeText } from './job-kind';

/** Why jobs of audits failed in the last day, the most frequent cause first. */
export function FailuresPanel({ failures }: { failures: OperationsView['failures'] }) {
  const t = useMessages();
  const words = t.operations.failures;
  const format = useFormat();
  const id = useId();
  const columns: FactColumn[] = [
    { id: 'cause', name: words.cause, width: 'minmax(0, 1fr)' },
    { id: 'stage', name: words.stage, width: '84px' },
    { id: 'count', name: words.count, width: '56px', isNumber: true },
    { id: 'last', name: words.last, width: '104px', isNumber: true },
  ];
  const rows = failures.map(({ stage, errorCode, count, lastAt }) => ({
    key: `${stage} ${errorCode}`,
    cells: {
      cause: causeText(errorCode, t),
      stage: textOf(t.project.running.stage, stage) ?? stage,
      count: format.number(count),
      last: <TimeAgo at={lastAt} />,
    },
  }));
  return (
    <Panel title={words.title} meta={words.meta} headingId={id} isFlush>
      {failures.length === 0 ? (
        <EmptyState title={words.none} />
      ) : (
        <FactTable label={words.title} columns={columns} rows={rows} />
      )}
    </Panel>
  );
}
