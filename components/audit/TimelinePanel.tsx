'use client';

import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import type { CSSProperties } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { cssToken } from '@/components/theme/tokens';
import { type AuditDetail, STAGES, type Stage } from '@/lib/schemas/audits';
import { jobCounts, jobError, jobName, jobRetries, jobTimes } from './job-words';
import { buildTimeline, type TimelineBar, timelineTicks } from './timeline';
import { useNow } from './use-now';

/** Stages are shades of one colour: they say where, not how well. */
const SHADES: Record<Stage, number> = { prepare: 30, collect: 55, history: 78, assemble: 66, judge: 100, settle: 42 };
const ROW_HEIGHT = 20;
/** Share of the width after which a name no longer fits at the right of its line. */
const LAST_LABEL = 0.85;

/** A lane for each worker: when each job waited and ran. */
export function TimelinePanel({ audit, isLive }: { audit: AuditDetail; isLive: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const now = useNow(isLive);
  const { lanes, spanMs } = buildTimeline(audit.jobs, now);
  const words = t.audit.timeline;
  const workers = lanes.filter(({ worker }) => worker !== null).length;
  const ticks = timelineTicks(spanMs);
  return (
    <Panel title={words.title} meta={words.meta(workers, audit.jobs.length)} headingId="timeline">
      {lanes.length === 0 ? (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.none}
        </Box>
      ) : (
        <Box sx={{ position: 'relative' }}>
          {lanes.map(({ worker, rows }) => (
            <Box key={worker ?? ''} role="group" aria-label={words.label(worker ?? words.noWorker)} sx={LANE}>
              <Box component="span" sx={NAME} title={worker ?? undefined}>
                {worker ?? words.noWorker}
              </Box>
              <Box sx={{ position: 'relative', height: rows.length * ROW_HEIGHT, minWidth: 0 }}>
                {ticks.map((tick) => (
                  <span key={tick} style={{ ...TICK_LINE, left: `${(tick / spanMs) * 100}%` }} />
                ))}
                {rows.flatMap((row, at) =>
                  row.map((bar) => (
                    <Bar key={`${bar.job.stage} ${bar.job.key}`} bar={bar} top={at * ROW_HEIGHT} now={now} />
                  )),
                )}
                {isLive && <span style={NOW_LINE} />}
              </Box>
            </Box>
          ))}
          <Box aria-hidden sx={{ ...LANE, borderBottom: 0, py: 0 }}>
            <span />
            <Box sx={AXIS}>
              {ticks.map((tick, index) => (
                <Box component="span" key={tick} sx={TICK} style={tickPlace(tick / spanMs)}>
                  {index === 0 ? '0' : format.duration(tick)}
                </Box>
              ))}
            </Box>
          </Box>
          <Legend jobs={audit.jobs} isLive={isLive} />
        </Box>
      )}
    </Panel>
  );
}

function Bar({ bar: { job, queuedAt, startedAt, endedAt }, top, now }: { bar: TimelineBar; top: number; now: number }) {
  const t = useMessages();
  const format = useFormat();
  const { waitedMs, ranMs } = jobTimes(job, 0, now);
  const name = `${t.project.running.stage[job.stage]} · ${jobName(job, t)}`;
  const summary = t.audit.timeline.bar(name, ranMs === null ? '–' : format.duration(ranMs), format.duration(waitedMs));
  const lines = [summary, jobRetries(job, t, format), jobCounts(job, t, format), jobError(job, t)].filter(Boolean);
  const runFrom = startedAt ?? endedAt;
  return (
    <Tooltip title={lines.map((line) => <div key={line}>{line}</div>)}>
      <Box
        component="a"
        href={`#${jobId(job.stage, job.key)}`}
        aria-label={lines.join('. ')}
        sx={BAR}
        style={{ top: top + 3, left: `${queuedAt}%`, width: `max(4px, ${endedAt - queuedAt}%)` }}
      >
        <span style={{ ...WAIT, width: widthOf(runFrom - queuedAt, endedAt - queuedAt) }} />
        {startedAt !== null && (
          <span
            style={{
              flex: 1,
              minWidth: 3,
              borderRadius: 2,
              background: job.status === 'failed' ? cssToken('vermMark') : shade(job.stage),
            }}
          />
        )}
      </Box>
    </Tooltip>
  );
}

export function jobId(stage: Stage, key: string): string {
  return `job-${stage}${key === '' ? '' : `-${key}`}`;
}

function Legend({ jobs, isLive }: { jobs: AuditDetail['jobs']; isLive: boolean }) {
  const t = useMessages();
  const hasFailed = jobs.some(({ status }) => status === 'failed');
  // Only where judges have no Git are facts joined apart.
  const stages = STAGES.filter((stage) => stage !== 'assemble' || jobs.some((job) => job.stage === stage));
  return (
    <Box aria-hidden sx={LEGEND}>
      {stages.map((stage) => (
        <Box component="span" key={stage} sx={KEY}>
          <span style={{ width: 14, height: 10, borderRadius: 2, background: shade(stage) }} />
          {t.project.running.stage[stage]}
        </Box>
      ))}
      <Box component="span" sx={KEY}>
        <span style={{ ...WAIT, width: 14, height: 10 }} />
        {t.audit.timeline.legendWait}
      </Box>
      {hasFailed && (
        <Box component="span" sx={KEY}>
          <span style={{ width: 14, height: 10, borderRadius: 2, background: cssToken('vermMark') }} />
          {t.audit.timeline.failed}
        </Box>
      )}
      {isLive && (
        <Box component="span" sx={KEY}>
          <span style={{ width: 1.5, height: 12, background: cssToken('accentMark') }} />
          {t.audit.timeline.legendNow}
        </Box>
      )}
    </Box>
  );
}

function shade(stage: Stage): string {
  return `color-mix(in srgb, ${cssToken('accentMark')} ${SHADES[stage]}%, ${cssToken('track')})`;
}

/** A name that would stick out at the right stands before its line. */
function tickPlace(share: number): CSSProperties {
  const left = `${share * 100}%`;
  return share > LAST_LABEL ? { left, transform: 'translateX(-100%)', paddingInline: '0 3px' } : { left };
}

function widthOf(part: number, whole: number): string {
  return `${whole <= 0 ? 0 : (part / whole) * 100}%`;
}

const LANE = {
  display: 'grid',
  gridTemplateColumns: '132px minmax(0, 1fr)',
  gap: 3,
  alignItems: 'start',
  py: 1,
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const NAME = {
  typography: 'body2',
  color: 'text.secondary',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;

const BAR = {
  position: 'absolute',
  display: 'flex',
  height: ROW_HEIGHT - 6,
  borderRadius: '2px',
  '&::after': { content: '""', position: 'absolute', inset: '-5px 0' },
  '&:focus-visible': { outlineOffset: '1px', zIndex: 1 },
} as const;

const WAIT = {
  flex: 'none',
  borderRadius: 2,
  background: `repeating-linear-gradient(135deg, ${cssToken('naMark')} 0 1px, transparent 1px 4px)`,
  opacity: 0.7,
} as const;

const TICK_LINE = { position: 'absolute', top: -4, bottom: -4, width: 1, background: cssToken('line') } as const;
const NOW_LINE = {
  position: 'absolute',
  right: 0,
  top: -4,
  bottom: -4,
  width: 1.5,
  background: cssToken('accentMark'),
} as const;
const AXIS = {
  position: 'relative',
  height: 18,
  overflowX: 'clip',
  typography: 'caption',
  color: 'elder.text3',
} as const;
const TICK = { position: 'absolute', whiteSpace: 'nowrap', pl: '3px' } as const;
const LEGEND = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '4px 16px',
  mt: 2,
  typography: 'caption',
  color: 'elder.text3',
} as const;
const KEY = { display: 'inline-flex', alignItems: 'center', gap: '6px' } as const;
