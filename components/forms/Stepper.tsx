'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { Icon } from '@/components/marks/Icon';
import { NumberField, type NumberFieldProps } from './NumberField';
import { stepFrom } from './read-number';

interface StepperProps extends Omit<NumberFieldProps, 'unit'> {
  value: number;
  less: string;
  more: string;
}

/** A number between its two buttons. */
export function Stepper({ less, more, ...field }: StepperProps) {
  const { value, onChange, least, most, step = 1, isReadOnly } = field;
  const button = (by: number, label: string) => {
    const next = stepFrom(value, by * step, { least, most, step });
    return (
      <ButtonBase
        aria-label={label}
        tabIndex={-1}
        disabled={isReadOnly || next === value}
        onClick={() => onChange(next)}
        sx={BUTTON}
      >
        <Icon name={by < 0 ? 'minus' : 'plus'} size={12} />
      </ButtonBase>
    );
  };
  return (
    <Box sx={FRAME}>
      {button(-1, less)}
      <NumberField {...field} width={field.width ?? 40} />
      {button(1, more)}
    </Box>
  );
}

const FRAME = {
  display: 'inline-flex',
  alignItems: 'center',
  border: 1,
  borderColor: 'elder.lineStrong',
  borderRadius: '6px',
  bgcolor: 'background.paper',
  '&:focus-within': { outline: '2px solid var(--mui-palette-elder-accentMark)', outlineOffset: '2px' },
  '& .MuiOutlinedInput-root': { minHeight: 26 },
  '& .MuiOutlinedInput-notchedOutline': { border: 0 },
  '& input': { height: 26, px: '2px !important' },
  '@media (pointer: coarse)': { '& input': { height: 42 } },
} as const;

const BUTTON = {
  width: 24,
  height: 26,
  color: 'text.secondary',
  borderRadius: '5px',
  '&:hover': { bgcolor: 'elder.hover' },
  '&.Mui-disabled': { color: 'elder.text3', opacity: 0.5 },
  '@media (pointer: coarse)': { width: 44, height: 42 },
} as const;
