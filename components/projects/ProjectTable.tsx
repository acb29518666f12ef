'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useRouter } from 'next/navigation';
import { type MouseEvent, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { MiddleCut } from '@/components/layout/MiddleCut';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { Change } from '@/components/scores/Change';
import { MagicStrip } from '@/components/scores/MagicStrip';
import { SparklineChart } from '@/components/scores/SparklineChart';
import { AppLink } from '@/components/theme/AppLink';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { PortfolioRow } from '@/lib/schemas/projects';
import { ArchivedChip } from './ArchivedChip';
import type { ChoosableColumn } from './columns';
import type { ProjectsFilter } from './filter';
import { type MenuPlace, RowMenu, RowMenuButton } from './RowMenu';
import { RowProgress } from './RowProgress';
import { fullStrip, META, RowGate, RowHealth, RowWhen } from './row-parts';
import { shortUrl } from './short-url';
import { TABLE, withoutColumns } from './table-style';
import { useRunAudit } from './use-run-audit';
import type { Selection } from './use-selection';

interface ProjectTableProps {
  rows: readonly PortfolioRow[];
  sort: ProjectsFilter['sort'];
  onSort: (sort: ProjectsFilter['sort']) => void;
  hidden: readonly ChoosableColumn[];
  /** Null for readers, who can do nothing with rows. */
  selection: Selection | null;
  /** Rows of several teams say whose they are. */
  hasTeams: boolean;
}

export function ProjectTable({ rows, sort, onSort, hidden, selection, hasTeams }: ProjectTableProps) {
  const t = useMessages();
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const { columns } = t.projects;
  return (
    <>
      <Table
        stickyHeader
        sx={{ ...TABLE, ...withoutColumns(hidden) }}
        aria-label={t.projects.title}
        data-selecting={selection !== null && selection.ids.size > 0}
      >
        <colgroup>
          {selection && <col className="c-select" />}
          <col className="c-project" />
          <col className="c-health" />
          <col className="c-strip" />
          <col className="c-trend" />
          <col className="c-gate" />
          <col className="c-new" />
          <col className="c-when" />
          <col className="c-menu" />
        </colgroup>
        <TableHead>
          <TableRow>
            {selection && (
              <TableCell padding="none" className="c-select">
                <Checkbox
                  size="small"
                  checked={selection.ids.size > 0 && selection.ids.size === rows.length}
                  indeterminate={selection.ids.size > 0 && selection.ids.size < rows.length}
                  onChange={selection.toggleAll}
                  slotProps={{ input: { 'aria-label': t.projects.selectAll } }}
                />
              </TableCell>
            )}
            <SortHead name={columns.project} value="name" sort={sort} onSort={onSort} direction="ascending" />
            <SortHead name={columns.health} value="health" sort={sort} onSort={onSort} direction="ascending" />
            <TableCell className="c-strip">
              <Box component="span" sx={{ display: 'flex', gap: '1px', ml: '-2.5px' }}>
                <span className="elder-hidden">{columns.magics}</span>
                {MAGIC_IDS.map((magic) => (
                  <span key={magic} title={t.common.magics[magic]}>
                    <Glyph magic={magic} size={14} />
                  </span>
                ))}
              </Box>
            </TableCell>
            <TableCell className="c-trend">{columns.trend}</TableCell>
            <TableCell className="c-gate">{columns.gate}</TableCell>
            <TableCell className="c-new">{columns.newFindings}</TableCell>
            <SortHead name={columns.lastAudit} value="last_audit" sort={sort} onSort={onSort} direction="descending" />
            <TableCell>
              <span className="elder-hidden">{columns.actions}</span>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <Row
              key={row.projectId}
              row={row}
              onMenu={setMenu}
              isMenuOpen={menu?.row.projectId === row.projectId}
              selection={selection}
              hasTeam={hasTeams}
            />
          ))}
        </TableBody>
      </Table>
      <RowMenu place={menu} onClose={() => setMenu(null)} />
    </>
  );
}

interface SortHeadProps {
  name: string;
  value: ProjectsFilter['sort'];
  direction: 'ascending' | 'descending';
  sort: ProjectsFilter['sort'];
  onSort: (sort: ProjectsFilter['sort']) => void;
}

function SortHead({ name, value, direction, sort, onSort }: SortHeadProps) {
  const isSorted = sort === value;
  return (
    <TableCell aria-sort={isSorted ? direction : undefined}>
      <ButtonBase
        onClick={() => onSort(value)}
        sx={{
          font: 'inherit',
          gap: '4px',
          minHeight: 24,
          borderRadius: '2px',
          color: isSorted ? 'text.primary' : 'inherit',
          '&:hover': { color: 'text.primary' },
        }}
      >
        {name}
        {isSorted && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />}
      </ButtonBase>
    </TableCell>
  );
}

interface RowProps {
  row: PortfolioRow;
  onMenu: (place: MenuPlace) => void;
  isMenuOpen: boolean;
  selection: Selection | null;
  hasTeam: boolean;
}

function Row({ row, onMenu, isMenuOpen, selection, hasTeam }: RowProps) {
  const t = useMessages();
  const format = useFormat();
  const router = useRouter();
  const runAudit = useRunAudit();
  const href = `/projects/${row.projectId}`;

  const open = (event: MouseEvent) => {
    const isControl = event.target instanceof Element && event.target.closest('a, button, label, input');
    if (!isControl && !window.getSelection()?.toString()) router.push(href);
  };
  return (
    <TableRow
      hover
      data-project={row.projectId}
      selected={isMenuOpen || selection?.ids.has(row.projectId)}
      onClick={open}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ row, at: { left: event.clientX, top: event.clientY } });
      }}
      sx={{ cursor: 'pointer' }}
    >
      {selection && (
        <TableCell padding="none" className="c-select">
          <Checkbox
            size="small"
            checked={selection.ids.has(row.projectId)}
            onChange={(event) =>
              selection.toggle(row.projectId, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
            }
            slotProps={{ input: { 'aria-label': t.projects.select(row.projectName) } }}
          />
        </TableCell>
      )}
      <TableCell component="th" scope="row">
        <Link component={AppLink} href={href} prefetch={false} data-row color="text.primary" sx={NAME}>
          {row.projectName}
        </Link>{' '}
        {row.isArchived && <ArchivedChip />}
        <Box sx={{ ...META, display: 'flex', maxWidth: '100%' }} title={row.repositoryUrl}>
          {hasTeam && <Box component="span" sx={TEAM}>{`${row.teamName} · `}</Box>}
          <MiddleCut>{shortUrl(row.repositoryUrl)}</MiddleCut>
        </Box>
      </TableCell>
      <TableCell>
        <Box sx={{ maxWidth: 132 }}>
          <RowHealth row={row} />
        </Box>
      </TableCell>
      <TableCell className="c-strip">
        <MagicStrip strip={fullStrip(row)} t={t} />
      </TableCell>
      <TableCell className="c-trend">
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <SparklineChart values={row.sparkline} t={t} />
          <Box component="span" className="c-change">
            {row.healthChange30d === null ? (
              <Box component="span" sx={{ color: 'elder.text3' }}>
                –
              </Box>
            ) : (
              <Change value={row.healthChange30d} format={format} />
            )}
          </Box>
        </Box>
      </TableCell>
      <TableCell className="c-gate">
        <RowGate row={row} />
      </TableCell>
      <TableCell className="c-new">
        {row.overallHealthScore === null ? (
          <Box component="span" sx={{ color: 'elder.text3' }}>
            –
          </Box>
        ) : (
          <SeverityCounts
            counts={row.newCounts}
            t={t}
            only={['critical', 'high', 'medium']}
            hideWhenNarrow={{ severities: ['medium'], under: '1199.95px' }}
          />
        )}
      </TableCell>
      <TableCell>
        {row.running && <RowProgress progress={row.running.progress} />}
        {!row.running && row.lastAudit && <RowWhen row={row} />}
        {!row.running && !row.lastAudit && (
          <Link
            component="button"
            type="button"
            onClick={() => runAudit.mutate({ projectId: row.projectId, projectName: row.projectName })}
            sx={{ minHeight: 24 }}
          >
            {t.projects.runFirst}
          </Link>
        )}
      </TableCell>
      <TableCell padding="none">
        <RowMenuButton row={row} onOpen={onMenu} />
      </TableCell>
    </TableRow>
  );
}

const TEAM = {
  flex: 'none',
  maxWidth: '50%',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'pre',
} as const;

const NAME = {
  display: 'block',
  fontSize: '0.84375rem',
  lineHeight: '1.25rem',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
