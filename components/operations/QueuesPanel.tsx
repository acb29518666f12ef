import Box from '@mui/material/Box';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import type { QueueView } from '@/lib/schemas/operations';
import { type FactColumn, FactTable } from './FactTable';

/** How full the queues are; one that nobody looked into lately says so in place of old numbers. */
export function QueuesPanel({ queues }: { queues: readonly QueueView[] }) {
  const t = useMessages();
  const words = t.operations.queues;
  const format = useFormat();
  const id = useId();
  const columns: FactColumn[] = [
    { id: 'queue', name: words.queue, width: 'minmax(0, 1fr)' },
    { id: 'waiting', name: words.waiting, width: '72px', isNumber: true },
    { id: 'running', name: words.running, width: '72px', isNumber: true },
    { id: 'delayed', name: words.delayed, width: '72px', isNumber: true },
    { id: 'oldest', name: words.oldest, width: '112px', isNumber: true },
    { id: 'workers', name: words.workers, width: '96px', isNumber: true },
  ];
  const rows = queues.map((queue) => ({ key: queue.kind, cells: cellsOf(queue) }));

  function cellsOf(queue: QueueView) {
    const { kind, isFresh, waiting, running, delayed, oldestSeconds, workers, measuredAt } = queue;
    const number = (value: number) => (isFresh ? format.number(value) : '–');
    return {
      queue: (
        <>
          {t.operations.kinds[kind]}
          <Box sx={QUIET}>{isFresh ? t.operations.kindHelp[kind] : words.stale(format.ago(measuredAt))}</Box>
        </>
      ),
      waiting: number(waiting),
      running: number(running),
      delayed: number(delayed),
      oldest: isFresh ? (oldestSeconds === null ? words.none : format.duration(oldestSeconds * 1000)) : '–',
      workers: workers === 0 ? <StatusWord status="failed">{words.noWorker}</StatusWord> : format.number(workers),
    };
  }

  return (
    <Panel title={words.title} headingId={id} isFlush>
      {queues.length === 0 ? (
        <EmptyState title={words.empty} />
      ) : (
        <FactTable label={words.title} columns={columns} rows={rows} />
      )}
    </Panel>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', fontWeight: 400 } as const;
