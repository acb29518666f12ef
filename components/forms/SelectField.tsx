'use client';

import Box from '@mui/material/Box';
import FormLabel from '@mui/material/FormLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId } from 'react';

interface SelectFieldProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; name: string }[];
  help?: string;
  isReadOnly?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few, with the system's own list: phones know it. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, help, isReadOnly, onChange } = props;
  const id = useId();
  return (
    <Box>
      <FormLabel htmlFor={id} sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </FormLabel>
      <NativeSelect
        fullWidth
        value={value}
        disabled={isReadOnly}
        input={<OutlinedInput />}
        inputProps={{ id, 'aria-describedby': help ? `${id}-help` : undefined }}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </NativeSelect>
      {help && (
        <Box id={`${id}-help`} sx={{ mt: 1, typography: 'body2', color: 'elder.text3' }}>
          {help}
        </Box>
      )}
    </Box>
  );
}
