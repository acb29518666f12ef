'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { changeWords } from './change-words';
import type { Change } from './changes';

interface ChangeListProps {
  changes: readonly Change[];
  options: AvailableOptions;
  label: string;
  /** Settings that the other side has set as well. */
  marked?: readonly Change[];
}

/** Setting by setting, what it was and what it is. */
export function ChangeList({ changes, options, label, marked = [] }: ChangeListProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.review;
  const isMarked = (change: Change) => marked.some(({ path }) => path.join('.') === change.path.join('.'));
  return (
    <Box component="ul" aria-label={label} sx={{ display: 'grid' }}>
      {changes.map((change) => {
        const { name, before, after, isList } = changeWords(change, { t, format, options });
        return (
          <Box component="li" key={change.path.join('.')} sx={{ ...LINE, ...(isMarked(change) && MARKED) }}>
            <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {name}
              {isMarked(change) && (
                <Box component="span" sx={{ ml: 2, color: 'warning.main', typography: 'body2' }}>
                  {t.policy.conflict.both}
                </Box>
              )}
            </Box>
            <Box sx={VALUES}>
              {(before !== '' || !isList) && (
                <Box component="del" sx={{ color: 'elder.text3', textDecoration: isList ? 'line-through' : 'none' }}>
                  <span className="elder-hidden">{isList ? words.removed : words.before} </span>
                  {before}
                </Box>
              )}
              {(after !== '' || !isList) && (
                <Box component="span" aria-hidden sx={{ color: 'elder.text3', flex: 'none', alignSelf: 'center' }}>
                  {isList ? <Icon name="plus" size={11} /> : '→'}
                </Box>
              )}
              {(after !== '' || !isList) && (
                <Box component="ins" sx={{ fontWeight: 600, textDecoration: 'none' }}>
                  <span className="elder-hidden">{isList ? words.added : words.after} </span>
                  {after}
                </Box>
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

const LINE = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1.2fr) minmax(0, 1fr)' },
  columnGap: 4,
  rowGap: '2px',
  py: 2,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const MARKED = { boxShadow: 'inset 2px 0 0 var(--mui-palette-warning-dark)', pl: 2 } as const;

const VALUES = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 6px',
  justifyContent: { sm: 'flex-end' },
  textAlign: { sm: 'right' },
  minWidth: 0,
  overflowWrap: 'anywhere',
} as const;
