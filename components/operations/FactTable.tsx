import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

export interface FactColumn {
  id: string;
  name: string;
  /** Of the grid: `120px`, `minmax(0, 1fr)`. */
  width: string;
  isNumber?: boolean;
}

interface FactTableProps {
  label: string;
  columns: readonly FactColumn[];
  rows: readonly { key: string; cells: Readonly<Record<string, ReactNode>> }[];
}

/** A small table; on phones each row is an item whose first cell is its title, and the others carry their names. */
export function FactTable({ label, columns, rows }: FactTableProps) {
  const grid = { gridTemplateColumns: { md: columns.map(({ width }) => width).join(' ') } };
  return (
    <Box role="table" aria-label={label}>
      <Box role="row" sx={[ROW, HEADS, grid]}>
        {columns.map(({ id, name, isNumber }) => (
          <Box key={id} role="columnheader" sx={isNumber ? NUMBER : undefined}>
            {name}
          </Box>
        ))}
      </Box>
      {rows.map(({ key, cells }) => (
        <Box key={key} role="row" sx={[ROW, grid]}>
          {columns.map(({ id, name, isNumber }, place) => (
            <Box key={id} role="cell" sx={[CELL, place === 0 && TITLE, !!isNumber && NUMBER]}>
              {place > 0 && (
                <Box component="span" aria-hidden sx={NAME_ON_PHONE}>
                  {name}
                </Box>
              )}
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{cells[id]}</Box>
            </Box>
          ))}
        </Box>
      ))}
    </Box>
  );
}

const ROW = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  columnGap: 4,
  rowGap: '2px',
  alignItems: 'center',
  minHeight: 40,
  px: 4,
  py: { xs: 3, md: '6px' },
  '& + &': { borderTop: 1, borderColor: 'divider' },
} as const;

const HEADS = {
  minHeight: 34,
  py: 0,
  borderBottom: 1,
  borderColor: 'divider',
  typography: 'body2',
  fontWeight: 500,
  color: 'elder.text3',
  whiteSpace: 'nowrap',
  // There for screen readers on phones too.
  position: { xs: 'absolute', md: 'static' },
  width: { xs: '1px', md: 'auto' },
  height: { xs: '1px', md: 'auto' },
  overflow: { xs: 'hidden', md: 'visible' },
  clipPath: { xs: 'inset(50%)', md: 'none' },
} as const;

const CELL = {
  minWidth: 0,
  display: { xs: 'grid', md: 'block' },
  gridTemplateColumns: '112px minmax(0, 1fr)',
  columnGap: 3,
} as const;

const TITLE = { display: { xs: 'block' }, fontWeight: 500 } as const;
const NUMBER = { textAlign: { md: 'right' }, fontVariantNumeric: 'tabular-nums' } as const;
const NAME_ON_PHONE = { display: { md: 'none' }, typography: 'body2', color: 'elder.text3' } as const;
