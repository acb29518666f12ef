'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { auditMark, isWhole } from '@/components/audits/audit-mark';
import { auditWords } from '@/components/audits/audit-words';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import { Change } from '@/components/scores/Change';
import { AppLink } from '@/components/theme/AppLink';
import { textOf } from '@/lib/i18n/text-of';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { ProjectOverview } from '@/lib/schemas/projects';

const SHOWN = 6;

export function RecentAudits({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const { projectId, recentAudits, auditCount, scheduleSkippedAt } = overview;
  const { columns } = t.project.audits;
  return (
    <Panel
      title={t.project.audits.title}
      headingId="audits"
      isFlush
      action={
        auditCount > 0 && (
          <Link href={`/projects/${projectId}/audits`}>{t.project.audits.all(format.number(auditCount))}</Link>
        )
      }
    >
      {scheduleSkippedAt && (
        <Box component="p" sx={{ px: 4, py: 2, typography: 'body2', color: 'text.secondary' }}>
          {t.project.audits.skipped(format.ago(scheduleSkippedAt))}
        </Box>
      )}
      {recentAudits.length === 0 ? (
        <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
          {t.project.audits.none}
        </Box>
      ) : (
        <Table sx={TABLE} aria-labelledby="audits">
          <TableHead>
            <TableRow>
              <TableCell>{columns.audit}</TableCell>
              <TableCell>{columns.result}</TableCell>
              <TableCell className="commit">{columns.commit}</TableCell>
              <TableCell className="trigger">{columns.trigger}</TableCell>
              <TableCell align="right">{columns.health}</TableCell>
              <TableCell align="right">{columns.when}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {recentAudits.slice(0, SHOWN).map((audit) => (
              <Row key={audit.auditId} audit={audit} />
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

function Row({ audit }: { audit: AuditSummary }) {
  const t = useMessages();
  const format = useFormat();
  const { auditId, number, status, commit, trigger, healthScore, healthChange, endedAt } = audit;
  const gate = status === 'completed' && isWhole(audit) ? audit.gate : null;
  return (
    <TableRow hover>
      <TableCell component="th" scope="row">
        <Box component={AppLink} href={`/audits/${auditId}`} prefetch={false} data-row sx={COVER}>
          #{number}
        </Box>
      </TableCell>
      <TableCell>
        {gate ? (
          <StatusWord status={gate}>{t.projects.gateLong[gate]}</StatusWord>
        ) : (
          <StatusWord status={auditMark(audit)}>{auditWords(audit, t)}</StatusWord>
        )}
      </TableCell>
      <TableCell className="commit">{commit ? <Mono>{commit.id.slice(0, 7)}</Mono> : '–'}</TableCell>
      <TableCell className="trigger" sx={{ color: 'text.secondary' }}>
        {textOf(t.common.trigger, trigger) ?? trigger}
      </TableCell>
      <TableCell align="right">
        <Box component="span" sx={{ fontWeight: 500 }}>
          {healthScore === null ? '–' : format.score(healthScore)}
        </Box>
        <Box component="span" sx={CHANGE}>
          {healthChange !== null && <Change value={healthChange} format={format} />}
        </Box>
      </TableCell>
      <TableCell align="right" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {endedAt ? <TimeAgo at={endedAt} /> : t.project.audits.now}
      </TableCell>
    </TableRow>
  );
}

const TABLE = {
  '& tbody tr': { position: 'relative' },
  '& td, & th': { height: 42, px: { xs: 2, sm: 3 } },
  '& thead th': { height: 34 },
  '& th:first-of-type': { pl: 4 },
  '& td:last-of-type, & thead th:last-of-type': { pr: 4 },
  '@media (max-width: 599.95px)': { '& .trigger, & .commit': { display: 'none' } },
  '@media (min-width: 900px) and (max-width: 1359.95px)': { '& .trigger': { display: 'none' } },
} as const;

const COVER = {
  fontWeight: 500,
  '&::after': { content: '""', position: 'absolute', inset: 0 },
  '&:focus-visible': { outline: 'none' },
  '&:focus-visible::after': { outline: '2px solid var(--mui-palette-elder-accentMark)', outlineOffset: '-2px' },
} as const;

const CHANGE = { display: 'inline-block', minWidth: 28, ml: 1, typography: 'body2', textAlign: 'right' } as const;
