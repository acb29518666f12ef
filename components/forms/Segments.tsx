'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useId } from 'react';
import { Icon, type IconName } from '@/components/marks/Icon';

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; name: string; icon?: IconName; lang?: string }[];
  help?: string;
  onChange: (value: Value) => void;
}

/** One of a few, all in sight and each with its name. */
export function Segments<Value extends string>({ label, value, options, help, onChange }: SegmentsProps<Value>) {
  const id = useId();
  return (
    <Box>
      <Box id={id} sx={{ mb: 1, fontWeight: 500 }}>
        {label}
      </Box>
      <Box role="group" aria-labelledby={id} aria-describedby={help ? `${id}-help` : undefined} sx={GROUP}>
        {options.map((option) => (
          <ButtonBase
            key={option.value}
            lang={option.lang}
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
            sx={CHOICE}
          >
            {option.icon && <Icon name={option.icon} size={14} />}
            {option.name}
          </ButtonBase>
        ))}
      </Box>
      {help && (
        <Box id={`${id}-help`} sx={{ mt: 1, typography: 'body2', color: 'elder.text3' }}>
          {help}
        </Box>
      )}
    </Box>
  );
}

const GROUP = {
  display: 'inline-flex',
  flexWrap: 'wrap',
  gap: '2px',
  p: '2px',
  border: 1,
  borderColor: 'elder.lineStrong',
  borderRadius: '8px',
  bgcolor: 'background.paper',
} as const;

const CHOICE = {
  gap: '6px',
  minHeight: 28,
  px: 3,
  borderRadius: '6px',
  color: 'text.secondary',
  fontWeight: 500,
  '&:hover': { bgcolor: 'elder.hover', color: 'text.primary' },
  '&[aria-pressed="true"]': { bgcolor: 'elder.selected', color: 'text.primary' },
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;
