import Box from '@mui/material/Box';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { textOf } from '@/lib/i18n/text-of';
import type { OperationsView, StageView } from '@/lib/schemas/operations';
import { type FactColumn, FactTable } from './FactTable';
import { FOOT } from './panel-foot';

interface ThroughputPanelProps {
  stages: readonly StageView[];
  audits: OperationsView['audits'];
}

/** What was done in the last hour and day, and how long it took. */
export function ThroughputPanel({ stages, audits }: ThroughputPanelProps) {
  const t = useMessages();
  const words = t.operations.throughput;
  const format = useFormat();
  const id = useId();
  const sumOf = (span: 'hour' | 'day') => format.number(audits.reduce((sum, { ended }) => sum + ended[span], 0));
  const took = (seconds: number | null) => (seconds === null ? words.none : format.duration(seconds * 1000));
  const columns: FactColumn[] = [
    { id: 'stage', name: words.stage, width: 'minmax(0, 1fr)' },
    { id: 'hour', name: words.hour, width: '72px', isNumber: true },
    { id: 'day', name: words.day, width: '80px', isNumber: true },
    { id: 'failed', name: words.failed, width: '56px', isNumber: true },
    { id: 'half', name: words.half, width: '84px', isNumber: true },
    { id: 'most', name: words.most, width: '92px', isNumber: true },
  ];
  const rows = stages.map(({ stage, done, failed, halfSeconds, mostSeconds }) => ({
    key: stage,
    cells: {
      stage: textOf(t.project.running.stage, stage) ?? stage,
      hour: format.number(done.hour),
      day: format.number(done.day),
      failed: format.number(failed.day),
      half: took(halfSeconds),
      most: took(mostSeconds),
    },
  }));
  return (
    <Panel title={words.title} meta={words.meta(sumOf('hour'), sumOf('day'))} headingId={id} isFlush>
      <FactTable label={words.title} columns={columns} rows={rows} />
      <Box sx={{ ...FOOT, '& b': { color: 'text.primary', fontWeight: 500 } }}>
        <span className="elder-hidden">{words.ended}</span>
        {audits.map(({ status, ended }) => (
          <span key={status}>
            <b>{format.number(ended.day)}</b> {textOf(words.status, status) ?? status}
          </span>
        ))}
      </Box>
    </Panel>
  );
}
