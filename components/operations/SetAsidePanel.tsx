'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Panel } from '@/components/layout/Panel';
import type { FailedJobView, OperationsView } from '@/lib/schemas/operations';
import { AboutAudit } from './AboutAudit';
import { type FactColumn, FactTable } from './FactTable';
import { causeText, jobKind } from './job-kind';

/** Jobs that nobody tries any more, with their cause; each can be run again. */
export function SetAsidePanel({ items, count }: OperationsView['setAside']) {
  const t = useMessages();
  const words = t.operations.setAside;
  const format = useFormat();
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const retry = useMutation({
    mutationFn: (jobId: string) => callApi(`/operations/jobs/${jobId}/retry`, { method: 'POST' }),
    onSuccess: () => toast({ text: words.retried }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.operations }),
  });
  const columns: FactColumn[] = [
    { id: 'job', name: words.job, width: 'minmax(0, 1fr)' },
    { id: 'cause', name: words.cause, width: 'minmax(0, 1.5fr)' },
    { id: 'about', name: words.about, width: 'minmax(0, 1fr)' },
    { id: 'tries', name: words.tries, width: '56px', isNumber: true },
    { id: 'last', name: words.last, width: '120px', isNumber: true },
    { id: 'action', name: words.action, width: '104px', isNumber: true },
  ];

  function cellsOf(job: FailedJobView) {
    const { jobId, name, errorCode, tries, times, lastAt } = job;
    return {
      job: jobKind(name, t),
      cause: causeText(errorCode, t),
      about: <AboutAudit {...job} />,
      tries: format.number(tries),
      last: (
        <>
          <TimeAgo at={lastAt} />
          {times > 1 && <Box sx={QUIET}>{words.times(format.number(times))}</Box>}
        </>
      ),
      action: (
        <Button
          variant="outlined"
          size="small"
          aria-label={words.retryOf(jobKind(name, t))}
          loading={retry.isPending && retry.variables === jobId}
          onClick={() => retry.mutate(jobId)}
        >
          {words.retry}
        </Button>
      ),
    };
  }

  return (
    <>
      {retry.isError && <ErrorNote error={retry.error} />}
      <Panel title={words.title} meta={words.meta} headingId={id} isFlush>
        <FactTable
          label={words.title}
          columns={columns}
          rows={items.map((job) => ({ key: job.jobId, cells: cellsOf(job) }))}
        />
        {count > items.length && (
          <Box sx={{ ...QUIET, px: 4, py: 3, borderTop: 1, borderColor: 'divider' }}>
            {words.more(format.number(items.length), format.number(count))}
          </Box>
        )}
      </Panel>
    </>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
