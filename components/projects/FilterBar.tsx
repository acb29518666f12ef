'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { FilterField } from '@/components/forms/FilterField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import type { ProjectsFilter } from './filter';

type Status = NonNullable<ProjectsFilter['status']>;

const STATUSES: readonly { status: Status; mark: MarkStatus; isAlways: boolean }[] = [
  { status: 'failed', mark: 'failed', isAlways: true },
  { status: 'warning', mark: 'warning', isAlways: true },
  { status: 'passed', mark: 'passed', isAlways: true },
  { status: 'auditing', mark: 'running', isAlways: true },
  { status: 'partial', mark: 'partial', isAlways: false },
  { status: 'error', mark: 'error', isAlways: false },
  { status: 'never_audited', mark: 'not_applicable', isAlways: false },
];
const SORTS = ['last_audit', 'name', 'health'] as const;

interface FilterBarProps {
  filter: ProjectsFilter;
  counts: Readonly<Record<string, number>>;
  onChange: (change: Partial<ProjectsFilter>) => void;
}

/** Text, status counts as filters, sort. Every choice is in the address. */
export function FilterBar({ filter, counts, onChange }: FilterBarProps) {
  const t = useMessages();
  const format = useFormat();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const shown = STATUSES.filter(
    ({ status, isAlways }) => isAlways || filter.status === status || (counts[status] ?? 0) > 0,
  );
  const segment = (status: Status | null, name: string, count: number, mark?: MarkStatus) => (
    <ButtonBase
      key={name}
      aria-pressed={filter.status === status}
      onClick={() => onChange({ status })}
      sx={{ ...SEGMENT, ...(filter.status === status && CHOSEN) }}
    >
      {mark && <StatusMark status={mark} size={13} />}
      {name}
      <Box component="span" sx={{ color: 'elder.text3', '[aria-pressed="true"] &': { color: 'inherit' } }}>
        {format.number(count)}
      </Box>
    </ButtonBase>
  );
  return (
    <Box role="search" sx={BAR}>
      <FilterField label={t.projects.filter} value={filter.search} onChange={(search) => onChange({ search })} />
      <Box role="group" aria-label={t.projects.byStatus} sx={GROUP}>
        {segment(null, t.projects.all, counts.all ?? 0)}
        {shown.map(({ status, mark }) => segment(status, t.projects.status[status], counts[status] ?? 0, mark))}
      </Box>
      <Button
        size="small"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`${t.projects.sortBy}: ${t.projects.sort[filter.sort]}`}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ ml: 'auto', color: 'text.secondary' }}
      >
        {t.projects.sort[filter.sort]}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {SORTS.map((sort) => (
          <MenuItem
            key={sort}
            role="menuitemradio"
            aria-checked={filter.sort === sort}
            selected={filter.sort === sort}
            onClick={() => {
              setAnchor(null);
              onChange({ sort });
            }}
          >
            {t.projects.sort[sort]}
          </MenuItem>
        ))}
      </Menu>
    </Box>
  );
}

const BAR = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mb: 3 } as const;

/** On phones the counts scroll sideways as pills; the box itself never widens the page. */
const GROUP = {
  display: 'flex',
  minWidth: 0,
  maxWidth: { xs: 'calc(100% + 32px)', sm: '100%' },
  overflowX: 'auto',
  scrollbarWidth: 'none',
  gap: { xs: '6px', md: 0 },
  mx: { xs: -4, sm: 0 },
  px: { xs: 4, sm: 0, md: '2px' },
  py: { xs: '2px', md: '2px' },
  flex: { xs: '0 0 auto', md: '0 1 auto' },
  width: { xs: 'calc(100% + 32px)', sm: '100%', md: 'auto' },
  border: { md: '1px solid' },
  borderColor: { md: 'divider' },
  borderRadius: { md: '6px' },
  bgcolor: { md: 'background.paper' },
} as const;

const SEGMENT = {
  flex: 'none',
  gap: '6px',
  height: { xs: 32, md: 26 },
  px: '10px',
  borderRadius: { xs: '16px', md: '4px' },
  border: { xs: '1px solid', md: 0 },
  borderColor: { xs: 'divider' },
  color: 'text.secondary',
  fontSize: '0.78125rem',
  fontWeight: 500,
  whiteSpace: 'nowrap',
  '&:hover': { color: 'text.primary' },
  '&:focus-visible': { outlineOffset: '-2px' },
  '@media (pointer: coarse)': { height: { xs: 36, md: 36 } },
} as const;

const CHOSEN = {
  bgcolor: { xs: 'elder.ink', md: 'elder.sunken' },
  borderColor: { xs: 'elder.ink' },
  color: { xs: 'elder.onInk', md: 'text.primary' },
  '&:hover': { color: { xs: 'elder.onInk', md: 'text.primary' } },
  '[data-theme="dark"] &': { bgcolor: { md: 'elder.track' } },
} as const;
