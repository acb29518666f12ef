'use client';

import Box from '@mui/material/Box';
import { useId } from 'react';
import { NumberField, type NumberFieldProps } from '@/components/forms/NumberField';
import { FieldError } from './FieldError';

interface NumberSettingProps extends Omit<NumberFieldProps, 'isInvalid' | 'describedBy'> {
  help?: string;
  error?: string | null;
}

/** A number with its label above and help under it. */
export function NumberSetting({ help, error = null, ...field }: NumberSettingProps) {
  const id = useId();
  return (
    <Box>
      <Box sx={{ mb: 1, fontWeight: 500 }}>{field.label}</Box>
      <NumberField
        {...field}
        width={field.width ?? 128}
        below={
          help && error === null ? (
            <Box component="span" id={`${id}-help`} sx={{ color: 'elder.text3' }}>
              {help}
            </Box>
          ) : null
        }
        isInvalid={error !== null}
        describedBy={error !== null ? `${id}-error` : help ? `${id}-help` : undefined}
      />
      <FieldError id={`${id}-error`} text={error} />
    </Box>
  );
}
