'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type FormEvent, type ReactNode, useId } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { reasonText } from './reason-text';

interface FormDialogProps {
  title: string;
  children: ReactNode;
  /** What the button says; without it there is nothing to send, only to close. */
  submit?: string;
  isBusy?: boolean;
  isDestructive?: boolean;
  /** For one that shows more than its fields. */
  isWide?: boolean;
  error?: unknown;
  /** In place of what the error's code says. */
  errorText?: string | undefined;
  /** Told beside the button, where the fields that are wrong may be out of sight. */
  summary?: string | null;
  onSubmit?: () => void;
  onClose: () => void;
}

/** A dialog that is one form. What was refused is told above the fields, which keep their text. */
export function FormDialog(props: FormDialogProps) {
  const {
    title,
    children,
    submit,
    isBusy = false,
    isDestructive = false,
    isWide = false,
    error,
    errorText,
    summary = null,
    onSubmit,
    onClose,
  } = props;
  const t = useMessages();
  const id = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit?.();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={isWide ? 'sm' : 'xs'} aria-labelledby={`${id}-title`}>
      <form onSubmit={send} noValidate>
        <DialogTitle id={`${id}-title`} sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4, overflowWrap: 'anywhere' }}>
          {error !== undefined && error !== null && (
            <ErrorNote error={error} text={errorText ?? reasonText(t, error)} />
          )}
          {children}
        </DialogContent>
        <DialogActions>
          {summary && (
            <Box role="alert" sx={{ flex: 1, minWidth: 0, typography: 'body2', color: 'error.main' }}>
              {summary}
            </Box>
          )}
          <Button onClick={onClose}>{submit ? t.common.cancel : t.access.done}</Button>
          {submit && (
            <Button type="submit" variant="contained" color={isDestructive ? 'error' : 'primary'} loading={isBusy}>
              {submit}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
