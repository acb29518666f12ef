'use client';

import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { StatusMark } from '@/components/marks/StatusMark';
import { StatusWord } from '@/components/marks/StatusWord';
import { STAGE_MARKS } from '@/components/project/StageRail';
import { type AuditDetail, type AuditJobView, STAGES } from '@/lib/schemas/audits';
import { jobCounts, jobError, jobName, jobRetries, jobTimes } from './job-words';
import { jobId } from './TimelinePanel';
import { useNow } from './use-now';

interface JobsPanelProps {
  audit: AuditDetail;
  isLive: boolean;
}

/** The time line's data as a table; a list by stage on phones. */
export function JobsPanel({ audit, isLive }: JobsPanelProps) {
  const t = useMessages();
  const now = useNow(isLive);
  const order = (job: AuditJobView) => STAGES.indexOf(job.stage);
  const jobs = [...audit.jobs].sort(
    (a, b) =>
      order(a) - order(b) ||
      (a.startedAt ?? '~').localeCompare(b.startedAt ?? '~', 'en') ||
      Number(a.key) - Number(b.key) ||
      0,
  );
  const origin = Math.min(...jobs.map(({ queuedAt }) => Date.parse(queuedAt)));
  if (jobs.length === 0) return null;
  return (
    <Panel title={t.audit.jobs.title} headingId="jobs" isFlush>
      <Box sx={{ overflowX: 'auto', display: { xs: 'none', md: 'block' } }}>
        <JobTable jobs={jobs} origin={origin} now={now} />
      </Box>
      <Box sx={{ display: { xs: 'block', md: 'none' } }}>
        <JobStages jobs={jobs} origin={origin} now={now} />
      </Box>
    </Panel>
  );
}

interface JobsProps {
  jobs: readonly AuditJobView[];
  origin: number;
  now: number;
}

function JobTable({ jobs, origin, now }: JobsProps) {
  const t = useMessages();
  const format = useFormat();
  const { columns, status } = t.audit.jobs;
  return (
    <Table aria-labelledby="jobs" sx={TABLE}>
      <TableHead>
        <TableRow>
          <TableCell>{columns.stage}</TableCell>
          <TableCell>{columns.job}</TableCell>
          <TableCell>{columns.worker}</TableCell>
          <TableCell align="right">{columns.started}</TableCell>
          <TableCell align="right">{columns.waited}</TableCell>
          <TableCell align="right">{columns.ran}</TableCell>
          <TableCell align="right">{columns.tries}</TableCell>
          <TableCell>{columns.result}</TableCell>
          <TableCell>{columns.counts}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {jobs.map((job) => {
          const { waitedMs, ranMs, startMs } = jobTimes(job, origin, now);
          const retries = jobRetries(job, t, format);
          const error = jobError(job, t);
          return (
            <TableRow
              key={`${job.stage} ${job.key}`}
              id={jobId(job.stage, job.key)}
              sx={{ '&:target': { bgcolor: 'elder.selected' } }}
            >
              <TableCell>{t.project.running.stage[job.stage]}</TableCell>
              <TableCell component="th" scope="row" sx={{ fontWeight: 500 }}>
                {jobName(job, t)}
              </TableCell>
              <TableCell sx={WORKER} title={job.worker ?? undefined}>
                {job.worker ?? '–'}
              </TableCell>
              <TableCell align="right">
                {startMs === null ? '–' : t.audit.jobs.after(format.duration(startMs))}
              </TableCell>
              <TableCell align="right">{format.duration(waitedMs)}</TableCell>
              <TableCell align="right">{ranMs === null ? '–' : format.duration(ranMs)}</TableCell>
              <TableCell align="right">
                {retries ? (
                  <Box component="span" title={retries} sx={RETRIED}>
                    <StatusMark status="warning" size={13} label={retries} />
                    <span aria-hidden>{format.number(job.tries)}</span>
                  </Box>
                ) : (
                  format.number(job.tries)
                )}
              </TableCell>
              <TableCell>
                <StatusWord status={STAGE_MARKS[job.status]}>{status[job.status]}</StatusWord>
              </TableCell>
              <TableCell sx={{ color: 'text.secondary', minWidth: 160 }}>
                {jobCounts(job, t, format)}
                {error && (
                  <Box component="span" sx={{ display: 'block', color: 'error.main' }}>
                    {error}
                  </Box>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

function JobStages({ jobs, origin, now }: JobsProps) {
  const t = useMessages();
  const format = useFormat();
  return STAGES.map((stage) => {
    const own = jobs.filter((job) => job.stage === stage);
    if (own.length === 0) return null;
    const done = own.filter(({ status }) => status === 'done').length;
    return (
      <section key={stage} aria-labelledby={`stage-${stage}`}>
        <Box sx={STAGE}>
          <Box component="h3" id={`stage-${stage}`} sx={{ typography: 'h3' }}>
            {t.project.running.stage[stage]}
          </Box>
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {t.audit.stageMeta(format.number(done), format.number(own.length))}
          </Box>
        </Box>
        <ul>
          {own.map((job) => {
            const { ranMs, waitedMs } = jobTimes(job, origin, now);
            const error = jobError(job, t);
            return (
              <Box component="li" key={job.key} sx={ITEM}>
                <Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between' }}>
                  <Box component="span" sx={{ fontWeight: 500, minWidth: 0, overflowWrap: 'anywhere' }}>
                    {jobName(job, t)}
                  </Box>
                  <StatusWord status={STAGE_MARKS[job.status]}>{t.audit.jobs.status[job.status]}</StatusWord>
                </Box>
                <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>
                  {[
                    `${t.audit.jobs.columns.ran} ${ranMs === null ? '–' : format.duration(ranMs)}`,
                    `${t.audit.jobs.columns.waited} ${format.duration(waitedMs)}`,
                    job.worker,
                    jobRetries(job, t, format),
                    jobCounts(job, t, format),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Box>
                {error && <Box sx={{ typography: 'body2', color: 'error.main' }}>{error}</Box>}
              </Box>
            );
          })}
        </ul>
      </section>
    );
  });
}

const TABLE = {
  '& td:first-of-type, & thead th:first-of-type': { pl: 4 },
  '& td:last-of-type, & thead th:last-of-type': { pr: 4 },
  '& td, & th': { whiteSpace: 'nowrap' },
  '& td:last-of-type': { whiteSpace: 'normal', py: '5px' },
} as const;

const WORKER = { color: 'text.secondary', maxWidth: 200, overflow: 'hidden', textOverflow: 'ellipsis' } as const;

const RETRIED = {
  display: 'inline-flex',
  verticalAlign: 'bottom',
  alignItems: 'center',
  gap: '6px',
  fontWeight: 500,
} as const;

const STAGE = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  minHeight: 36,
  px: 4,
  bgcolor: 'background.default',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const ITEM = { px: 4, py: '8px', borderBottom: 1, borderColor: 'divider' } as const;
