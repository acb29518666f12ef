'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { type ReactNode, useId } from 'react';
import { Icon } from '@/components/marks/Icon';
import { CHIP } from './PresetChips';

interface ToggleChipsProps<Value extends string> {
  label: string;
  options: readonly { value: Value; name: string; mark?: ReactNode }[];
  chosen: readonly Value[];
  help?: string;
  isReadOnly?: boolean;
  onChange: (chosen: Value[]) => void;
}

/** Some of a few; each is a switch. The order is that of the choices. */
export function ToggleChips<Value extends string>(props: ToggleChipsProps<Value>) {
  const { label, options, chosen, help, isReadOnly, onChange } = props;
  const id = useId();
  const toggle = (value: Value) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((one) => (one === value ? !chosen.includes(one) : chosen.includes(one))),
    );
  return (
    <Box role="group" aria-labelledby={`${id}-label`} aria-describedby={help ? `${id}-help` : undefined}>
      <Box id={`${id}-label`} sx={{ mb: 1, fontWeight: 500 }}>
        {label}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '6px' }}>
        {options.map(({ value, name, mark }) => {
          const isOn = chosen.includes(value);
          return (
            <ButtonBase key={value} aria-pressed={isOn} disabled={isReadOnly} onClick={() => toggle(value)} sx={CHIP}>
              {mark}
              {name}
              {isOn && <Icon name="check" size={12} />}
            </ButtonBase>
          );
        })}
      </Box>
      {help && (
        <Box id={`${id}-help`} sx={{ mt: 1, typography: 'body2', color: 'elder.text3' }}>
          {help}
        </Box>
      )}
    </Box>
  );
}
