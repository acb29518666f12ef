'use client';

import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Elapsed } from '@/components/i18n/Elapsed';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { SeenText } from '@/components/layout/SeenText';
import { StatusWord } from '@/components/marks/StatusWord';
import { AppLink } from '@/components/theme/AppLink';
import { whenCompact } from '@/components/theme/density';
import { textOf } from '@/lib/i18n/text-of';
import { SEVERITIES } from '@/lib/magics/types';
import type { AuditSummary } from '@/lib/schemas/audits';
import { AUDIT_GRID } from './audit-grid';
import { auditMark, isWhole } from './audit-mark';
import { auditWords } from './audit-words';

interface AuditRowProps {
  audit: AuditSummary;
  /** A control of its own, in front of the link. */
  aside?: ReactNode;
}

/** An audit as one link: what, how it ended, health, gate, what changed, when and how long. */
export function AuditRow({ audit, aside }: AuditRowProps) {
  const t = useMessages();
  const format = useFormat();
  const { gate, healthScore, commit, trigger, requestedBy, startedAt, endedAt, createdAt } = audit;
  const isOver = endedAt !== null;
  const triggerName = textOf(t.common.trigger, trigger) ?? trigger;
  const fresh = SEVERITIES.reduce((sum, severity) => sum + (audit.newCounts[severity] ?? 0), 0);
  return (
    <Box component="li" sx={ITEM}>
      {aside && <Box sx={ASIDE}>{aside}</Box>}
      <Box component={AppLink} href={`/audits/${audit.auditId}`} prefetch={false} data-row sx={ROW}>
        <Box sx={{ gridArea: 'what', minWidth: 0, ...whenCompact(ONE_LINE) }}>
          <Box sx={{ fontWeight: 500, ...ELLIPSIS }}>
            {audit.projectName} <Box component="span">{t.audits.number(audit.number)}</Box>
          </Box>
          <Box sx={META}>
            {commit ? (
              <>
                <code>{commit.id.slice(0, 7)}</code> <SeenText>{commit.subject}</SeenText>
              </>
            ) : (
              <SeenText>{audit.branch}</SeenText>
            )}
          </Box>
        </Box>
        <Box sx={{ gridArea: 'result', justifySelf: { xs: 'end', md: 'start' } }}>
          <StatusWord status={auditMark(audit)}>{auditWords(audit, t)}</StatusWord>
        </Box>
        <Box sx={{ gridArea: 'health', justifySelf: { xs: 'end', md: 'start' }, whiteSpace: 'nowrap' }}>
          {healthScore === null ? (
            <Box component="span" sx={{ color: 'elder.text3' }}>
              –<span className="elder-hidden">{t.common.noScore}</span>
            </Box>
          ) : (
            <>
              <span className="elder-hidden">{t.audits.columns.health} </span>
              <b>{format.score(healthScore)}</b>
              {isWhole(audit) && audit.magicsJudged < audit.magicsTotal && (
                <Box component="span" sx={{ ml: 2, typography: 'body2', color: 'text.secondary' }}>
                  {t.common.coverageOf(audit.magicsJudged, audit.magicsTotal)}
                </Box>
              )}
            </>
          )}
        </Box>
        <Box sx={{ gridArea: 'gate' }}>
          {gate && <StatusWord status={gate}>{t.projects.gateLong[gate]}</StatusWord>}
        </Box>
        <Box sx={{ gridArea: 'findings', color: 'text.secondary', whiteSpace: 'nowrap' }}>
          {isOver && healthScore !== null && t.audits.newFixed(format.number(fresh), format.number(audit.fixedCount))}
        </Box>
        <Box sx={{ gridArea: 'when', minWidth: 0, ...whenCompact({ '& > :last-of-type': { display: 'none' } }) }}>
          <Box sx={{ whiteSpace: 'nowrap' }}>
            <TimeAgo at={startedAt ?? createdAt} />
          </Box>
          <Box sx={META}>{requestedBy ? t.audits.by(triggerName, requestedBy) : triggerName}</Box>
        </Box>
        <Box sx={{ gridArea: 'took', textAlign: 'right', color: 'text.secondary', whiteSpace: 'nowrap' }}>
          {startedAt && endedAt && format.duration(Date.parse(endedAt) - Date.parse(startedAt))}
          {startedAt && !endedAt && <Elapsed since={startedAt} />}
        </Box>
      </Box>
    </Box>
  );
}

const ONE_LINE = {
  display: 'flex',
  alignItems: 'baseline',
  gap: 3,
  '& > :first-of-type': { flex: 'none', maxWidth: '60%' },
} as const;

const ITEM = {
  display: 'flex',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const ASIDE = { flex: 'none', width: 40, display: 'flex', alignItems: 'center', justifyContent: 'center' } as const;

const ELLIPSIS = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

const META = {
  ...ELLIPSIS,
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
  '& code': { fontSize: 'inherit' },
} as const;

const ROW = {
  ...AUDIT_GRID,
  flex: 1,
  minWidth: 0,
  '& > :nth-of-type(5)': { display: { xs: 'none', lg: 'block' } },
  minHeight: 46,
  px: 4,
  py: { xs: '10px', md: 1 },
  '&:hover': { bgcolor: 'elder.hover' },
  '&:focus-visible': {
    outlineOffset: '-2px',
    bgcolor: 'elder.selected',
    boxShadow: 'inset 2px 0 0 var(--mui-palette-elder-accentMark)',
  },
  ...whenCompact({ minHeight: 32, py: 0 }),
} as const;
