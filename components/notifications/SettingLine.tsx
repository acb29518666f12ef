'use client';

import Box from '@mui/material/Box';
import { useId } from 'react';
import { NumberField } from '@/components/forms/NumberField';

interface SettingLineProps {
  label: string;
  help?: string;
  value: number;
  unit?: string;
  least: number;
  most: number;
  step?: number;
  onChange: (value: number) => void;
}

/** A number with its name above. */
export function SettingLine({ label, help, value, unit, onChange, ...bounds }: SettingLineProps) {
  const id = useId();
  return (
    <Box>
      <Box aria-hidden sx={{ mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </Box>
      <NumberField
        {...bounds}
        label={label}
        value={value}
        unit={unit}
        width={unit ? 132 : 72}
        describedBy={help ? id : undefined}
        onChange={(next) => next !== null && onChange(next)}
      />
      {help && (
        <Box id={id} sx={{ mt: 1, typography: 'body2', color: 'elder.text3' }}>
          {help}
        </Box>
      )}
    </Box>
  );
}
