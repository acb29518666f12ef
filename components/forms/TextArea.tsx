'use client';

import Box from '@mui/material/Box';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type KeyboardEvent, type Ref, useId } from 'react';
import { StatusMark } from '@/components/marks/StatusMark';
import { type Check, useFieldCheck } from './use-field-check';

interface TextAreaProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  error?: string | null;
  /** What is wrong with a value: told once the field was left, and with each key from then on. */
  check?: Check;
  rows?: number;
  required?: boolean;
  autoFocus?: boolean;
  isReadOnly?: boolean;
  inputRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text. Ctrl or ⌘ with Enter sends its form. */
export function TextArea({
  label,
  value,
  onChange,
  help,
  error: told,
  check,
  rows = 3,
  required,
  isReadOnly,
  ...input
}: TextAreaProps) {
  const id = useId();
  const { error, onInput, onLeave } = useFieldCheck(told ?? null, check);
  const describedBy = error ? `${id}-error` : help ? `${id}-help` : undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <Box>
      <FormLabel htmlFor={id} sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
        {label}
      </FormLabel>
      <OutlinedInput
        {...input}
        id={id}
        value={value}
        readOnly={isReadOnly}
        multiline
        minRows={rows}
        maxRows={10}
        fullWidth
        error={Boolean(error)}
        onChange={(event) => {
          onChange(event.target.value);
          onInput(event.target);
        }}
        onBlur={(event) => onLeave(event.target)}
        onKeyDown={onKeyDown}
        sx={{ height: 'auto', py: 2 }}
        slotProps={{
          input: { 'aria-required': required, 'aria-invalid': Boolean(error), 'aria-describedby': describedBy },
        }}
      />
      {error ? (
        <Box id={`${id}-error`} role="alert" sx={{ ...LINE, color: 'error.main' }}>
          <Box component="span" sx={{ mt: '2px' }}>
            <StatusMark status="error" />
          </Box>
          {error}
        </Box>
      ) : (
        help && (
          <Box id={`${id}-help`} sx={{ ...LINE, color: 'elder.text3' }}>
            {help}
          </Box>
        )
      )}
    </Box>
  );
}

const LINE = { display: 'flex', gap: '6px', mt: 1, typography: 'body2' } as const;
