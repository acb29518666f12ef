'use client';

import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import { byRecent, readRecent, remember } from './recent';
import { type PaletteEntry, usePaletteEntries } from './use-palette-entries';

const GROUPS = ['pages', 'projects', 'actions'] as const;

/** Search and commands: a field over a list; the field keeps the focus. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useMessages();
  return (
    <Dialog
      open={isOpen}
      onClose={onClose}
      fullWidth
      slotProps={{
        paper: { sx: PAPER, 'aria-label': t.shell.palette.title },
        container: { sx: { alignItems: 'flex-start' } },
      }}
    >
      <PaletteBody onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const t = useMessages();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const [recent] = useState(readRecent);
  const { entries, isSearching } = usePaletteEntries(useDeferredValue(query), true);
  const ordered = GROUPS.flatMap((group) =>
    byRecent(
      entries.filter((entry) => entry.group === group),
      recent,
    ),
  );
  const chosen = Math.min(current, Math.max(0, ordered.length - 1));
  const optionId = (index: number) => `${listId}-${index}`;

  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    remember(entry.id);
    onClose();
    entry.run();
  };
  const move = (step: number) => {
    const next = ordered.length === 0 ? 0 : (chosen + step + ordered.length) % ordered.length;
    setCurrent(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') run(ordered[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <Box sx={FIELD}>
        <Icon name="search" />
        <Box
          component="input"
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={ordered.length > 0 ? optionId(chosen) : undefined}
          aria-label={t.shell.palette.title}
          placeholder={t.shell.palette.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setCurrent(0);
          }}
          onKeyDown={onKey}
          sx={INPUT}
        />
        <KeyHint>Esc</KeyHint>
      </Box>
      <Box id={listId} role="listbox" aria-label={t.shell.palette.title} aria-busy={isSearching} sx={LIST}>
        {ordered.map((entry, index) => (
          <Box key={entry.id} role="presentation">
            {entry.group !== ordered[index - 1]?.group && (
              <Box role="presentation" sx={GROUP_NAME}>
                {t.shell.palette[entry.group]}
              </Box>
            )}
            <Box
              id={optionId(index)}
              role="option"
              aria-selected={index === chosen}
              onMouseMove={() => setCurrent(index)}
              onClick={() => run(entry)}
              sx={{ ...OPTION, ...(index === chosen && { bgcolor: 'elder.selected' }) }}
            >
              <Icon name={entry.icon} />
              <Box component="span" sx={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {entry.name}
              </Box>
              {entry.meta && (
                <Box component="span" sx={META}>
                  {entry.meta}
                </Box>
              )}
            </Box>
          </Box>
        ))}
        {ordered.length === 0 && (
          <Box role="status" sx={{ px: 3, py: 4, color: 'text.secondary' }}>
            {isSearching ? t.shell.palette.searching : t.shell.palette.empty(query)}
          </Box>
        )}
      </Box>
    </>
  );
}

const PAPER = { maxWidth: 560, mt: '12vh', maxHeight: '70vh', overflow: 'hidden' } as const;

const FIELD = {
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: 4,
  height: 48,
  flex: 'none',
  borderBottom: 1,
  borderColor: 'divider',
  color: 'elder.text3',
} as const;

const INPUT = {
  flex: 1,
  minWidth: 0,
  height: '100%',
  border: 0,
  outline: 'none',
  bgcolor: 'transparent',
  color: 'text.primary',
  font: 'inherit',
  fontSize: '0.875rem',
  '&:focus-visible': { outline: 'none' },
} as const;

const LIST = { overflowY: 'auto', p: '6px', minHeight: 80 } as const;

const GROUP_NAME = { px: '10px', pt: 2, pb: 1, typography: 'caption', fontWeight: 500, color: 'elder.text3' } as const;

const OPTION = {
  display: 'flex',
  alignItems: 'center',
  gap: '10px',
  minHeight: 34,
  px: '10px',
  borderRadius: '6px',
  color: 'text.primary',
  cursor: 'pointer',
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;

const META = {
  ml: 'auto',
  pl: 2,
  fontSize: '0.75rem',
  color: 'elder.text3',
  whiteSpace: 'nowrap',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  flexShrink: 100,
} as const;
