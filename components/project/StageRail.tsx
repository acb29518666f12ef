'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import { Elapsed } from '@/components/i18n/Elapsed';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { textOf } from '@/lib/i18n/text-of';
import { showHidden } from '@/lib/magics/hidden-text';
import type { AuditProgress, AuditSummary } from '@/lib/schemas/audits';
import { announcement, stageLine } from './stage-line';

interface StageRailProps {
  audit: AuditSummary;
  progress: AuditProgress;
  /** The audit page is where the link would lead. */
  hasLink?: boolean;
}

export const STAGE_MARKS: Record<AuditProgress['stages'][number]['status'], MarkStatus> = {
  waiting: 'waiting',
  running: 'running',
  done: 'passed',
  failed: 'error',
  cancelled: 'not_applicable',
};

/** The running audit: what it is, its stages with counts and times, how long it runs. */
export function StageRail({ audit, progress, hasLink = true }: StageRailProps) {
  const t = useMessages();
  const words = t.project.running;
  return (
    <Paper component="section" variant="outlined" aria-label={words.stages} sx={{ borderRadius: '8px' }}>
      <Box sx={HEAD}>
        <Box component="h2" sx={{ typography: 'h2', display: 'flex', alignItems: 'center', gap: 2 }}>
          <StatusMark status={!progress.hasWorker || progress.status === 'queued' ? 'waiting' : 'running'} />
          {progress.status === 'queued' ? words.queued(audit.number) : words.title(audit.number)}
        </Box>
        <Box component="span" sx={{ typography: 'body2', color: 'text.secondary', minWidth: 0 }}>
          <Subject audit={audit} />
        </Box>
        <Box component="span" sx={TIMES}>
          <Clock progress={progress} />
          {hasLink && <Link href={`/audits/${audit.auditId}`}>{words.timeline}</Link>}
        </Box>
      </Box>
      {!progress.hasWorker && (
        <Box role="status" sx={STRANDED}>
          <StatusMark status="warning" />
          {words.noWorker}
        </Box>
      )}
      <Stages progress={progress} />
      <span className="elder-hidden" role="status">
        {announcement(progress, t)}
      </span>
    </Paper>
  );
}

function Subject({ audit }: { audit: AuditSummary }) {
  const t = useMessages();
  const words = t.project.running;
  const kind = words.kind[audit.auditType];
  const what = audit.commit
    ? words.of(kind, audit.commit.id.slice(0, 7), showHidden(audit.commit.subject))
    : words.ofBranch(kind, audit.branch);
  const who = audit.requestedBy
    ? words.by(audit.requestedBy)
    : (textOf(t.common.trigger, audit.trigger) ?? audit.trigger);
  return `${what}${t.common.comma}${who}`;
}

function Clock({ progress: { startedAt, estimatedCompletionTime } }: { progress: AuditProgress }) {
  const t = useMessages();
  const format = useFormat();
  if (!startedAt) return null;
  const leftMs = estimatedCompletionTime ? Date.parse(estimatedCompletionTime) - format.now : 0;
  return (
    <>
      <span>
        <Elapsed since={startedAt} render={t.project.running.elapsed} />
      </span>
      {leftMs > 1000 && <span>{t.project.running.left(format.duration(Math.ceil(leftMs / 1000) * 1000))}</span>}
    </>
  );
}

function Stages({ progress }: { progress: AuditProgress }) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box component="ol" sx={RAIL}>
      {progress.stages.map((stage) => (
        <Box component="li" key={stage.stage} data-state={stage.status} sx={STAGE}>
          <StatusMark status={STAGE_MARKS[stage.status]} label={t.project.running.state[stage.status]} />
          <Box component="span" sx={{ fontWeight: 500 }}>
            {t.project.running.stage[stage.stage]}
          </Box>
          <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {stageLine(stage, t, format)}
          </Box>
          <Box component="span" aria-hidden className="line" />
        </Box>
      ))}
    </Box>
  );
}

const HEAD = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '2px 10px',
  px: 4,
  pt: '9px',
} as const;

const STRANDED = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: 2,
  px: 4,
  pt: '6px',
  '& svg': { mt: '3px' },
} as const;

const TIMES = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '0 14px',
  ml: { md: 'auto' },
  typography: 'body2',
  color: 'text.secondary',
} as const;

const RAIL = {
  display: 'flex',
  flexDirection: { xs: 'column', md: 'row' },
  gap: { xs: '6px', md: 0 },
  px: 4,
  py: '10px',
} as const;

const STAGE = {
  display: 'flex',
  alignItems: 'center',
  gap: '7px',
  whiteSpace: 'nowrap',
  flex: { md: '1 1 auto' },
  '&[data-state="waiting"]': { color: 'elder.text3' },
  '& .line': {
    display: { xs: 'none', md: 'block' },
    flex: 1,
    minWidth: 14,
    mx: '10px',
    borderTop: '1px solid var(--mui-palette-elder-lineStrong)',
  },
  '&:has(+ [data-state="waiting"]) .line': { borderTopStyle: 'dashed' },
  '&:last-of-type': { flex: 'none' },
  '&:last-of-type .line': { display: 'none' },
} as const;
