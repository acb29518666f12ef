import { cssToken } from '@/components/theme/tokens';
import type { ChoosableColumn } from './columns';

const under = (px: number) => `@media (max-width: ${px - 0.05}px)`;

/** From this width down the rows are items of a list. */
export const LIST_BELOW = 720;

/** Fixed columns that leave in a fixed order when the window gets narrow. */
export const TABLE = {
  tableLayout: 'fixed',
  [under(LIST_BELOW)]: { display: 'none' },
  '& th, & td': { height: 46, overflow: 'hidden' },
  '& thead th': { height: 34, top: 48 },
  '& th:first-of-type': { pl: 4 },
  '& tbody th': { fontWeight: 400, textAlign: 'left' },
  '& tbody tr:focus-within:has([data-row]:focus-visible)': { backgroundColor: cssToken('selected') },
  '& tbody tr:has([data-row]:focus-visible) td.c-select, & tbody tr:has([data-row]:focus-visible) th:not(.c-select + th)':
    {
      boxShadow: `inset 2px 0 0 ${cssToken('accentMark')}`,
    },
  '& [data-row]:focus-visible': { outlineOffset: '-1px' },
  '& .c-select, & thead th.c-select': { width: 28, pl: '4px', pr: 0, textAlign: 'left' },
  '& .c-select + th': { pl: '2px' },
  // Boxes show where they may be wanted: under the pointer, with the focus, and once one is chosen.
  '& .c-select .MuiCheckbox-root': { p: '4px', opacity: 0 },
  '& tr:hover .c-select .MuiCheckbox-root, & tr:focus-within .c-select .MuiCheckbox-root': { opacity: 1 },
  '&[data-selecting="true"] .c-select .MuiCheckbox-root': { opacity: 1 },
  '@media (pointer: coarse)': { '& .c-select .MuiCheckbox-root': { opacity: 1 } },
  '& .c-health': { width: 172 },
  '& .c-strip': { width: 144 },
  '& .c-trend': { width: 150 },
  '& .c-gate': { width: 112 },
  '& .c-new': { width: 132 },
  '& .c-when': { width: 196 },
  '& .c-menu': { width: 40 },
  '& .c-change': { width: 28, textAlign: 'right', fontSize: '0.75rem' },
  [under(1360)]: {
    '& th, & td': { px: '10px' },
    '& .c-change, & .c-partial': { display: 'none' },
    '& .c-health': { width: 132 },
    '& .c-strip': { width: 136 },
    '& .c-trend': { width: 104 },
    '& .c-gate': { width: 100 },
    '& .c-new': { width: 116 },
    '& .c-when': { width: 152 },
  },
  [under(1200)]: { '& .c-new': { width: 100 } },
  [under(1080)]: { '& .c-trend': { display: 'none' } },
  [under(900)]: { '& .c-strip': { display: 'none' } },
} as const;

/** Leaves out what its reader does not want to see. */
export function withoutColumns(hidden: readonly ChoosableColumn[]): Record<string, object> {
  return Object.fromEntries(hidden.map((column) => [`& .c-${column}.c-${column}`, { display: 'none' }]));
}
