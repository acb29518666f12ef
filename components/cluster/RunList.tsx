'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import { type FactColumn, FactTable } from '@/components/operations/FactTable';
import { useAddress } from '@/components/project/use-address';
import type { ClusterRunLine } from '@/lib/schemas/cluster';
import { RUN_MARKS } from './run-marks';

/** What was done lately; a click shows what came of it. */
export function RunList({ runs, shown }: { runs: readonly ClusterRunLine[]; shown: string | undefined }) {
  const t = useMessages();
  const words = t.cluster.run;
  const format = useFormat();
  const id = useId();
  const { change } = useAddress();
  const columns: FactColumn[] = [
    { id: 'what', name: words.what, width: 'minmax(0, 1fr)' },
    { id: 'result', name: words.result, width: '104px' },
    { id: 'who', name: words.who, width: 'minmax(0, 1fr)' },
    { id: 'when', name: words.when, width: '104px', isNumber: true },
    { id: 'took', name: words.took, width: '88px', isNumber: true },
  ];
  const rows = runs.map((run) => ({
    key: run.runId,
    cells: {
      what: (
        <>
          <Link
            component="button"
            type="button"
            color="inherit"
            aria-current={run.runId === shown ? 'true' : undefined}
            onClick={() => change({ run: run.runId }, 'push')}
            sx={{ textAlign: 'left', fontWeight: 500 }}
          >
            {t.cluster.verb[run.verb]}
          </Link>
          <Box sx={QUIET}>{words.version(format.number(run.version))}</Box>
        </>
      ),
      result: <StatusWord status={RUN_MARKS[run.status]}>{words.status[run.status]}</StatusWord>,
      who: run.requestedBy ?? words.nobody,
      when: <TimeAgo at={run.createdAt} />,
      took: run.startedAt && run.endedAt ? format.duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '–',
    },
  }));
  return (
    <Panel title={words.list} headingId={id} isFlush>
      {runs.length === 0 ? (
        <EmptyState title={words.listEmpty} />
      ) : (
        <FactTable label={words.list} columns={columns} rows={rows} />
      )}
    </Panel>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', fontWeight: 400 } as const;
