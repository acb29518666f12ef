'use client';

import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type ReactNode, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { CHOOSABLE_COLUMNS, type ChoosableColumn } from './columns';
import type { ProjectsFilter } from './filter';
import { LIST_BELOW } from './table-style';

const SORTS = ['last_audit', 'name', 'health'] as const;

interface SortMenuProps {
  sort: ProjectsFilter['sort'];
  onChange: (sort: ProjectsFilter['sort']) => void;
}

export function SortMenu({ sort, onChange }: SortMenuProps) {
  const t = useMessages();
  return (
    <QuietMenu label={`${t.projects.sortBy}: ${t.projects.sort[sort]}`} text={t.projects.sort[sort]}>
      {(close) =>
        SORTS.map((one) => (
          <MenuItem
            key={one}
            role="menuitemradio"
            aria-checked={sort === one}
            selected={sort === one}
            onClick={() => {
              close();
              onChange(one);
            }}
          >
            {t.projects.sort[one]}
          </MenuItem>
        ))
      }
    </QuietMenu>
  );
}

interface ColumnsMenuProps {
  hidden: readonly ChoosableColumn[];
  onChange: (hidden: ChoosableColumn[]) => void;
}

/** Which columns the table has. On phones there are none to choose. */
export function ColumnsMenu({ hidden, onChange }: ColumnsMenuProps) {
  const t = useMessages();
  const { columns } = t.projects;
  const names = { strip: columns.magics, trend: columns.trend, gate: columns.gate, new: columns.newFindings };
  return (
    <QuietMenu label={t.projects.columnsChoice} text={t.projects.columnsChoice} isTableOnly>
      {() =>
        CHOOSABLE_COLUMNS.map((column) => {
          const isShown = !hidden.includes(column);
          return (
            <MenuItem
              key={column}
              role="menuitemcheckbox"
              aria-checked={isShown}
              sx={{ pl: 1 }}
              onClick={() => onChange(isShown ? [...hidden, column] : hidden.filter((one) => one !== column))}
            >
              <Checkbox checked={isShown} tabIndex={-1} aria-hidden size="small" sx={{ p: '2px' }} />
              {names[column]}
            </MenuItem>
          );
        })
      }
    </QuietMenu>
  );
}

interface QuietMenuProps {
  label: string;
  text: string;
  isTableOnly?: boolean;
  children: (close: () => void) => ReactNode;
}

function QuietMenu({ label, text, isTableOnly = false, children }: QuietMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        size="small"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={label}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{
          color: 'text.secondary',
          ...(isTableOnly && { [`@media (max-width: ${LIST_BELOW - 0.05}px)`]: { display: 'none' } }),
        }}
      >
        {text}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {children(close)}
      </Menu>
    </>
  );
}
