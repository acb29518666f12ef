'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { FilterField } from '@/components/forms/FilterField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { programmingLanguageName } from '@/lib/i18n/programming-languages';
import type { ProjectsFilter } from './filter';
import { SortMenu } from './ListControls';

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
interface FilterBarProps {
  filter: ProjectsFilter;
  counts: Readonly<Record<string, number>>;
  stacks: Readonly<Record<string, number>>;
  /** Whether there is more than one team to look at. */
  hasTeams: boolean;
  columns: ReactNode;
  onChange: (change: Partial<ProjectsFilter>) => void;
}

/** Text, status counts as filters, stack, team, sort. Every choice is in the address. */
export function FilterBar({ filter, counts, stacks, hasTeams, columns, onChange }: FilterBarProps) {
  const t = useMessages();
  const format = useFormat();
  const languages = [...new Set([...Object.keys(stacks), ...(filter.stack ? [filter.stack] : [])])];
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
      {languages.length > 1 && (
        <ChoiceMenu
          label={t.projects.stack}
          value={filter.stack}
          all={t.projects.anyStack}
          options={languages.map((language) => ({ value: language, name: programmingLanguageName(language) }))}
          onChange={(stack) => onChange({ stack })}
        />
      )}
      {hasTeams && (
        <ChoiceMenu
          label={t.projects.team}
          value={filter.isEveryTeam ? 'all' : null}
          all={t.projects.thisTeam}
          options={[{ value: 'all', name: t.projects.everyTeam }]}
          onChange={(team) => onChange({ isEveryTeam: team === 'all' })}
        />
      )}
      <Box component="span" sx={{ ml: 'auto', display: 'flex' }}>
        <SortMenu sort={filter.sort} onChange={(sort) => onChange({ sort })} />
        {columns}
      </Box>
    </Box>
  );
}

const BAR = { display: 'flex', flexWrap: { xs: 'wrap', lg: 'nowrap' }, alignItems: 'center', gap: 2, mb: 3 } as const;

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
  flex: { xs: '0 0 auto', md: '0 1 auto', lg: '0 0.01 auto' },
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
  px: { xs: '10px', md: '8px' },
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
