'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { ArchivedChip } from '@/components/projects/ArchivedChip';
import { fullStrip, RowGate, RowHealth } from '@/components/projects/row-parts';
import { Change } from '@/components/scores/Change';
import { MagicStrip } from '@/components/scores/MagicStrip';
import { AppLink } from '@/components/theme/AppLink';
import type { PortfolioRow } from '@/lib/schemas/projects';

/** The projects that need somebody first. */
export function TeamProjectsPanel({ rows, mayRegister }: { rows: readonly PortfolioRow[]; mayRegister: boolean }) {
  const t = useMessages();
  const words = t.teamOverview;
  return (
    <Panel title={words.projects} headingId="team-projects" isFlush>
      {rows.length === 0 && (
        <EmptyState title={words.noProjects}>
          {mayRegister && (
            <Button variant="contained" component={AppLink} href="/projects/new">
              {words.register}
            </Button>
          )}
        </EmptyState>
      )}
      <Box component="ul" aria-label={words.list}>
        {rows.map((row) => (
          <ProjectLine key={row.projectId} row={row} />
        ))}
      </Box>
    </Panel>
  );
}

function ProjectLine({ row }: { row: PortfolioRow }) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box component="li" sx={LINE}>
      <Box component={AppLink} href={`/projects/${row.projectId}`} prefetch={false} data-row sx={LINK}>
        <Box component="span" sx={NAME}>
          {row.projectName} {row.isArchived && <ArchivedChip />}
        </Box>
        <Box sx={{ width: 132 }}>
          <RowHealth row={row} />
        </Box>
        <Box component="span" sx={{ width: { sm: 32 }, textAlign: 'right', typography: 'body2' }}>
          {row.healthChange30d !== null && <Change value={row.healthChange30d} format={format} />}
        </Box>
        <Box sx={STRIP}>
          <MagicStrip strip={fullStrip(row)} t={t} pitch={13} />
        </Box>
        <Box component="span" sx={{ width: { sm: 128 } }}>
          <RowGate row={row} isLong />
        </Box>
      </Box>
    </Box>
  );
}

const LINE = { borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } } as const;

const LINK = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '6px 16px',
  px: 4,
  py: '9px',
  color: 'text.primary',
  textDecoration: 'none',
  '&:hover': { bgcolor: 'action.hover' },
} as const;

const NAME = {
  flex: { xs: '1 1 100%', sm: '1 1 160px' },
  minWidth: 0,
  fontWeight: 500,
  overflowWrap: 'anywhere',
} as const;

const STRIP = { '@media (max-width: 599.95px)': { display: 'none' } } as const;
