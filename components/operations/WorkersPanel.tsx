import Box from '@mui/material/Box';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import { textOf } from '@/lib/i18n/text-of';
import type { WorkerView } from '@/lib/schemas/operations';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import { type FactColumn, FactTable } from './FactTable';
import { jobKind } from './job-kind';

/** Four reports missed. */
const SILENT_SECONDS = 6;
const SHOWN_JOBS = 2;

/** Who works: where, on what, how hard, and since when nothing was heard. */
export function WorkersPanel({ workers, at }: { workers: readonly WorkerView[]; at: string }) {
  const t = useMessages();
  const words = t.operations.workers;
  const format = useFormat();
  const id = useId();
  const columns: FactColumn[] = [
    { id: 'worker', name: words.worker, width: 'minmax(0, 1.2fr)' },
    { id: 'takes', name: words.takes, width: 'minmax(0, 1fr)' },
    { id: 'load', name: words.load, width: 'minmax(0, 1fr)' },
    { id: 'memory', name: words.memory, width: '80px', isNumber: true },
    { id: 'now', name: words.now, width: 'minmax(0, 1.4fr)' },
    { id: 'version', name: words.version, width: '72px' },
    { id: 'seen', name: words.seen, width: '140px', isNumber: true },
  ];
  const ageOf = (since: string) => format.duration(Math.max(0, Date.parse(at) - Date.parse(since)));

  function cellsOf(worker: WorkerView) {
    const { kinds, jobs, concurrency, cpuCores, loopLagMs, rssBytes, silentSeconds, isDraining } = worker;
    const count = format.number(jobs.length);
    // Finer than reports come says nothing.
    const silent = format.duration(Math.max(1, Math.round(silentSeconds)) * 1000);
    const load = [
      cpuCores !== null && words.cores(format.number(cpuCores, 1)),
      loopLagMs !== null && loopLagMs >= 100 && words.lag(format.duration(loopLagMs)),
    ].filter(Boolean);
    return {
      worker: (
        <>
          {worker.host}
          <Box sx={QUIET}>{words.process(String(worker.pid))}</Box>
        </>
      ),
      takes: WORKER_KINDS.every((kind) => kinds.includes(kind))
        ? words.all
        : kinds.map((kind) => textOf(t.operations.kinds, kind) ?? kind).join(', '),
      load: (
        <>
          {concurrency === null ? words.jobsOnly(count) : words.jobs(count, format.number(concurrency))}
          {load.length > 0 && <Box sx={QUIET}>{load.join(' · ')}</Box>}
        </>
      ),
      memory: rssBytes === null ? words.unknown : format.bytes(rssBytes),
      now:
        jobs.length === 0 ? (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {words.idle}
          </Box>
        ) : (
          <>
            {jobs.slice(0, SHOWN_JOBS).map((job, place) => (
              // Jobs of one kind may have begun at the same moment.
              // biome-ignore lint/suspicious/noArrayIndexKey: there is nothing else to tell them apart by
              <Box key={`${job.name} ${job.startedAt} ${place}`}>
                {jobKind(job.name, t)}{' '}
                <Box component="span" sx={QUIET}>
                  {words.since(ageOf(job.startedAt))}
                </Box>
              </Box>
            ))}
            {jobs.length > SHOWN_JOBS && <Box sx={QUIET}>{words.more(format.number(jobs.length - SHOWN_JOBS))}</Box>}
          </>
        ),
      version: worker.version,
      seen:
        silentSeconds > SILENT_SECONDS ? (
          <StatusWord status="warning">{words.silent(silent)}</StatusWord>
        ) : isDraining ? (
          <StatusWord status="waiting">{words.draining}</StatusWord>
        ) : (
          words.ago(silent)
        ),
    };
  }

  return (
    <Panel title={words.title} headingId={id} isFlush>
      {workers.length === 0 ? (
        <EmptyState title={words.empty} />
      ) : (
        <FactTable
          label={words.title}
          columns={columns}
          rows={workers.map((worker) => ({ key: worker.workerId, cells: cellsOf(worker) }))}
        />
      )}
    </Panel>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', fontWeight: 400 } as const;
