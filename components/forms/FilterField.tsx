'use client';

import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import { arrived, type FilterDraft, handedOn, isOverwritten, type Typed } from './filter-draft';
import { useEarlyInput } from './use-early-input';

const SETTLE_MS = 200;

interface FilterFieldProps {
  /** Also its placeholder. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  width?: number;
  /** May shrink to this before the bar takes another row. */
  least?: number;
  /** Whether `/` leads here: only one field of a page can have it. */
  hasKey?: boolean;
}

/** The page's filter: `/` puts the cursor here. Calls back when typing pauses. */
export function FilterField({ label, value, onChange, width = 264, least = width, hasKey = true }: FilterFieldProps) {
  const t = useMessages();
  const [draft, setDraft] = useState<FilterDraft>({ text: value, value, sent: [] });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const element = useRef<HTMLInputElement>(null);
  const typed = useRef<Typed>(null);
  if (draft.value !== value) setDraft(arrived(draft, value));
  const { text } = draft;

  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (next: string, waitMs = SETTLE_MS) => {
    typed.current = { text: next, at: performance.now() };
    setDraft((before) => ({ ...before, text: next }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const settled = next.trim();
      setDraft((before) => handedOn(before, settled));
      onChange(settled);
    }, waitMs);
  };
  useEarlyInput(element, text, type);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an address that arrives can take the text away
  useLayoutEffect(() => {
    const isHere = document.activeElement === element.current;
    if (isHere && typed.current && isOverwritten(typed.current, draft, performance.now())) type(typed.current.text);
  }, [value]);
  return (
    <OutlinedInput
      value={text}
      inputRef={element}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') type('', 0);
      }}
      placeholder={label}
      sx={{
        width: { xs: '100%', sm: 'auto' },
        flex: { sm: `${least < width ? 1 : 0} 1 ${least}px` },
        maxWidth: { sm: width },
        minWidth: Math.min(150, least),
        pl: '10px',
        pr: 0,
        // The button at the end does the same and has a name.
        '& input::-webkit-search-cancel-button': { display: 'none' },
      }}
      slotProps={{
        input: { 'aria-label': label, type: 'search', ...(hasKey && { 'data-filter': '' }) } as Record<string, string>,
      }}
      startAdornment={
        <Box component="span" sx={{ color: 'elder.text3', display: 'flex' }}>
          <Icon name="search" size={14} />
        </Box>
      }
      endAdornment={
        text === '' ? (
          hasKey && (
            <Box component="span" aria-hidden sx={{ pr: 2, display: { xs: 'none', md: 'flex' } }}>
              <KeyHint>/</KeyHint>
            </Box>
          )
        ) : (
          <IconButton aria-label={t.common.clearText} onClick={() => type('', 0)} sx={{ width: 24, height: 24, mr: 1 }}>
            <Icon name="close" size={13} />
          </IconButton>
        )
      }
    />
  );
}
