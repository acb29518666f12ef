'use client';

import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type ReactNode, useId, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { isTold, leave, type NumberDraft, shownText, typed } from './number-draft';
import { decimalsOf, readNumber, stepFrom } from './read-number';
import { WRONG_NUMBER } from './wrong-numbers';

export interface NumberFieldProps {
  /** Its accessible name; what is drawn beside it is up to who uses it. */
  label: string;
  /** null: nothing is set; only where `isOptional`. */
  value: number | null;
  onChange: (value: number | null) => void;
  least?: number;
  most?: number;
  step?: number;
  isOptional?: boolean;
  placeholder?: string;
  unit?: ReactNode;
  width?: number;
  isReadOnly?: boolean;
  isInvalid?: boolean;
  describedBy?: string;
  /** What stands below the field, until what is wrong takes its place; without it that is told over what is there. */
  below?: ReactNode;
}

/**
 * A number as text, so that both "0,8" and a half-typed "0." can be written; arrow keys step. Nothing that is no number in
 * the range is handed on: it stays, with what would be right.
 */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    value,
    onChange,
    least,
    most,
    step = 1,
    isOptional = false,
    unit,
    width = 72,
    isReadOnly,
    below,
  } = props;
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const [draft, setDraft] = useState<NumberDraft | null>(null);
  const range = { least, most, step, isOptional };
  const shown = shownText(draft, value);
  const isWrong =
    shown !== String(value ?? '') ? readNumber(shown, range) === undefined : value === null && !isOptional;
  const isRefused = isWrong && isTold(draft, value);
  const enter = (text: string) => {
    const next = readNumber(text, range);
    setDraft(typed(draft, text, value, next === undefined));
    if (next !== undefined && next !== value) onChange(next);
  };
  const move = (by: number) => {
    setDraft(null);
    onChange(stepFrom(value, by * step, { least, most, step }));
  };
  const number = (limit: number | undefined) => (limit === undefined ? null : format.number(limit, 2));
  const field = (
    <OutlinedInput
      value={shown}
      placeholder={props.placeholder}
      readOnly={isReadOnly}
      error={props.isInvalid || isWrong}
      onChange={(event) => enter(event.target.value)}
      onBlur={() => setDraft(leave(draft, value, isWrong))}
      onKeyDown={(event) => {
        if (isReadOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        move((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
      }}
      sx={{ width, flex: 'none', pr: 0, '& input': { textAlign: unit ? 'left' : 'center', fontWeight: 600, px: 2 } }}
      endAdornment={
        unit && (
          <Box
            component="span"
            aria-hidden
            sx={{ pr: 2, typography: 'body2', color: 'elder.text3', whiteSpace: 'nowrap' }}
          >
            {unit}
          </Box>
        )
      }
      slotProps={{
        input: {
          role: 'spinbutton',
          inputMode: 'decimal',
          autoComplete: 'off',
          'aria-label': label,
          'aria-valuenow': value ?? undefined,
          'aria-valuemin': least,
          'aria-valuemax': most,
          'aria-invalid': props.isInvalid || isWrong,
          ...(isWrong && WRONG_NUMBER),
          'aria-describedby': [isRefused && `${id}-refused`, props.describedBy].filter(Boolean).join(' ') || undefined,
        },
      }}
    />
  );
  const refused = isRefused && (
    <Box id={`${id}-refused`} role="alert" sx={below === undefined ? OVER : { color: 'error.main' }}>
      {t.common.numberRefused(number(least), number(most), decimalsOf(String(step)))}
    </Box>
  );
  if (below === undefined) {
    return (
      <Box sx={{ position: 'relative', flex: 'none' }}>
        {field}
        {refused}
      </Box>
    );
  }
  return (
    <>
      {field}
      <Box sx={BELOW}>{refused || below}</Box>
    </>
  );
}

/** As high empty as with a line: what moves on leaving the field would slip away from under a click. */
const BELOW = { flexBasis: '100%', mt: 1, minHeight: '1.25rem', typography: 'body2' } as const;

const OVER = {
  position: 'absolute',
  zIndex: 4,
  top: 'calc(100% + 4px)',
  right: 0,
  width: 'max-content',
  maxWidth: 220,
  px: 3,
  py: 2,
  border: 1,
  borderColor: 'error.main',
  borderRadius: '6px',
  bgcolor: 'background.paper',
  color: 'error.main',
  typography: 'body2',
  overflowWrap: 'anywhere',
} as const;
