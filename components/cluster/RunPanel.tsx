'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import type { ClusterRunView, ClusterView } from '@/lib/schemas/cluster';
import { isOpen } from './is-open';
import { PhaseList } from './PhaseList';
import { RunEnds } from './RunEnds';
import { RUN_MARKS } from './run-marks';
import { useClusterRun } from './use-cluster-run';

const LIVE_MS = 1_000;

/** One run: its phases while it goes, what came of it, and how to go on. */
export function RunPanel({ runId, view }: { runId: string; view: ClusterView }) {
  const t = useMessages();
  const words = t.cluster.run;
  const id = useId();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: queryKeys.clusterRun(runId),
    queryFn: ({ signal }) => callApi<ClusterRunView>(`/cluster/runs/${runId}`, { signal }),
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? false : LIVE_MS),
  });
  const stop = useMutation({
    mutationFn: () => callApi<ClusterRunView>(`/cluster/runs/${runId}/stop`, { method: 'POST' }),
    onSuccess: (run) => client.setQueryData(queryKeys.clusterRun(runId), run),
  });
  const resume = useClusterRun();
  const { data: run } = query;
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!run) return null;
  const { verb, status, isStopping, options, errorCode, progress } = run;
  const isNewest = view.runs[0]?.runId === runId;
  const canResume = verb === 'apply' && isNewest && (status === 'failed' || status === 'cancelled');
  return (
    <Panel
      title={words.title(t.cluster.verb[verb])}
      meta={<TimeAgo at={run.createdAt} />}
      headingId={id}
      action={
        isOpen(run) ? (
          <Button
            size="small"
            variant="outlined"
            disabled={isStopping}
            loading={stop.isPending}
            onClick={() => stop.mutate()}
          >
            {isStopping ? words.stopping : words.stop}
          </Button>
        ) : (
          canResume && (
            <Button
              size="small"
              variant="contained"
              loading={resume.isPending}
              onClick={() => resume.mutate({ verb, isForced: options.isForced })}
            >
              {words.resume}
            </Button>
          )
        )
      }
    >
      <Box sx={{ display: 'grid', gap: 4 }}>
        {stop.isError && <ErrorNote error={stop.error} />}
        {resume.isError && <ErrorNote error={resume.error} />}
        <Box role="status">
          <StatusWord status={RUN_MARKS[status]}>{words.status[status]}</StatusWord>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {status === 'waiting' && words.waiting}
            {status === 'cancelled' && verb === 'apply' && words.stopped}
            {errorCode !== null && (errorCode === 'crashed' ? words.crashed : words.code(errorCode))}
          </Box>
        </Box>
        <RunEnds run={run} />
        {progress.map((each) => (
          <PhaseList key={each.cluster} progress={each} isLive={isOpen(run)} hasPhases={verb !== 'destroy'} />
        ))}
      </Box>
    </Panel>
  );
}
