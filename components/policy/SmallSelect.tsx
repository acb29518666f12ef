'use client';

import Box from '@mui/material/Box';
import type { ChangeEvent } from 'react';

interface SmallSelectProps<Value extends string> {
  /** Its accessible name. */
  label: string;
  value: Value;
  options: readonly { value: Value; name: string }[];
  isReadOnly?: boolean;
  onChange: (value: Value) => void;
}

/** A choice inside a row, with the system's own list. */
export function SmallSelect<Value extends string>(props: SmallSelectProps<Value>) {
  const { label, value, options, isReadOnly, onChange } = props;
  return (
    <Box
      component="select"
      aria-label={label}
      value={value}
      disabled={isReadOnly}
      onChange={(event: ChangeEvent<HTMLSelectElement>) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      sx={SELECT}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </Box>
  );
}

const SELECT = {
  font: 'inherit',
  fontWeight: 500,
  height: 28,
  maxWidth: '100%',
  px: 1,
  borderRadius: '6px',
  border: 1,
  borderColor: 'elder.lineStrong',
  bgcolor: 'background.paper',
  color: 'text.primary',
  '&:disabled': { color: 'text.secondary', opacity: 1, borderColor: 'divider' },
  '@media (pointer: coarse)': { height: 44, fontSize: '1rem' },
} as const;
