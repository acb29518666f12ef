'use client';

import Box from '@mui/material/Box';
import Switch from '@mui/material/Switch';
import { useId } from 'react';

interface SwitchLineProps {
  label: string;
  help?: string;
  isOn: boolean;
  isReadOnly: boolean;
  onChange: (isOn: boolean) => void;
}

/** One yes or no with its name and what it means. */
export function SwitchLine({ label, help, isOn, isReadOnly, onChange }: SwitchLineProps) {
  const id = useId();
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 3, py: 1 }}>
      <Switch
        checked={isOn}
        disabled={isReadOnly}
        onChange={(_, next) => onChange(next)}
        sx={{ mt: '1px' }}
        slotProps={{ input: { id, 'aria-describedby': help ? `${id}-help` : undefined } }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Box component="label" htmlFor={id} sx={{ fontWeight: 500 }}>
          {label}
        </Box>
        {help && (
          <Box id={`${id}-help`} sx={{ typography: 'body2', color: 'elder.text3' }}>
            {help}
          </Box>
        )}
      </Box>
    </Box>
  );
}
