'use client';

import Box from '@mui/material/Box';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type ComponentProps, type ReactNode, useId, useRef } from 'react';
import { StatusMark } from '@/components/marks/StatusMark';
import { useEarlyInput } from './use-early-input';
import { type Check, useFieldCheck } from './use-field-check';

interface FieldProps
  extends Pick<
    ComponentProps<typeof OutlinedInput>,
    | 'name'
    | 'type'
    | 'defaultValue'
    | 'autoComplete'
    | 'autoFocus'
    | 'placeholder'
    | 'endAdornment'
    | 'required'
    | 'lang'
  > {
  label: string;
  help?: ReactNode;
  /** What is wrong and what would be right. */
  error?: string | null;
  /** What is wrong with a value: told once the field was left, and with each key from then on. */
  check?: Check;
  /** Without it the form reads the field by its name. */
  value?: string;
  onChange?: (value: string) => void;
  inputProps?: Record<string, unknown>;
}

/** Label above, help under it until there is an error; the error is announced and tied to the field. */
export function Field({
  label,
  help,
  error: told,
  check,
  value,
  onChange,
  inputProps,
  required,
  ...input
}: FieldProps) {
  const id = useId();
  const element = useRef<HTMLInputElement>(null);
  useEarlyInput(element, value, onChange);
  const { error, onInput, onLeave } = useFieldCheck(told ?? null, check);
  const describedBy = error ? `${id}-error` : help ? `${id}-help` : undefined;
  return (
    <Box>
      <FormLabel htmlFor={id} sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </FormLabel>
      <OutlinedInput
        {...input}
        id={id}
        value={value}
        inputRef={element}
        fullWidth
        error={Boolean(error)}
        onChange={(event) => {
          onChange?.(event.target.value);
          onInput(event.target);
        }}
        onBlur={(event) => onLeave(event.target)}
        slotProps={{
          input: {
            ...inputProps,
            'aria-required': required,
            'aria-invalid': Boolean(error),
            'aria-describedby': describedBy,
          },
        }}
      />
      {error && (
        <Box id={`${id}-error`} role="alert" sx={{ ...LINE, color: 'error.main' }}>
          <Box component="span" sx={{ mt: '2px' }}>
            <StatusMark status="error" />
          </Box>
          {error}
        </Box>
      )}
      {help && !error && (
        <Box id={`${id}-help`} sx={{ ...LINE, color: 'elder.text3' }}>
          {help}
        </Box>
      )}
    </Box>
  );
}

const LINE = { display: 'flex', gap: '6px', mt: 1, typography: 'body2' } as const;
