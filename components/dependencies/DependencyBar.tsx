'use client';

import Box from '@mui/material/Box';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { FilterField } from '@/components/forms/FilterField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { DEPENDENCY_KINDS, type DependencyPage } from '@/lib/schemas/dependencies';
import { ECOSYSTEM_NAMES } from './ecosystem-names';
import type { DependenciesFilter } from './filter';

interface DependencyBarProps {
  filter: DependenciesFilter;
  page: DependencyPage;
  onChange: (part: Partial<DependenciesFilter>) => void;
}

/** Name, ecosystem and kind; how many are found at the right. */
export function DependencyBar({ filter, page, onChange }: DependencyBarProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.dependencies;
  const { ecosystems } = page.summary;
  const kinds = DEPENDENCY_KINDS.filter((kind) => kind !== 'vulnerable' || page.advisories !== null);
  return (
    <Box role="search" sx={BAR}>
      <FilterField label={words.filter} value={filter.search} onChange={(search) => onChange({ search })} width={220} />
      <ChoiceMenu
        label={words.ecosystem}
        all={words.all}
        value={filter.ecosystem}
        options={ecosystems.map(({ ecosystem, packages }) => ({
          value: ecosystem,
          name: `${ECOSYSTEM_NAMES[ecosystem]} (${format.number(packages)})`,
        }))}
        onChange={(ecosystem) => onChange({ ecosystem })}
      />
      <ChoiceMenu
        label={words.kind}
        all={words.all}
        value={filter.kind}
        options={kinds.map((kind) => ({ value: kind, name: words.kinds[kind] }))}
        onChange={(kind) => onChange({ kind })}
      />
      <Box component="span" role="status" sx={{ ml: 'auto', typography: 'body2', color: 'text.secondary' }}>
        {words.packages(page.total, format.number(page.total))}
      </Box>
    </Box>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '6px',
  px: 4,
  py: '9px',
  borderBottom: 1,
  borderColor: 'divider',
} as const;
