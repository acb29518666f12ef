'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { TextArea } from '@/components/forms/TextArea';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { dayProblem, reasonProblem } from './check-verdict';

interface VerdictDialogProps {
  title: string;
  submit: string;
  /** More to say before the fields. */
  children?: ReactNode;
  isPending?: boolean;
  onClose: () => void;
  onSubmit: (reason: string, until: string | null) => void;
}

/** Asks why, and for how long. */
export function VerdictDialog({ title, submit, children, isPending = false, onClose, onSubmit }: VerdictDialogProps) {
  const t = useMessages();
  const id = useId();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [isChecked, setChecked] = useState(false);
  const words = t.triage.dialog;
  const [reasonError, dayError] = [reasonProblem(reason, words), dayProblem(until, new Date(), words)];
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (reasonError || dayError) focusFirstError();
    else onSubmit(reason.trim(), until.trim() || null);
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`}>
      <form onSubmit={send} noValidate>
        <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4 }}>
          {children}
          <TextArea
            label={words.reason}
            value={reason}
            onChange={setReason}
            help={words.reasonHelp}
            error={isChecked ? reasonError : null}
            check={(text) => reasonProblem(text, words)}
            required
            autoFocus
          />
          <Field
            label={words.until}
            name="until"
            type="date"
            value={until}
            onChange={setUntil}
            help={words.untilHelp}
            error={isChecked ? dayError : null}
            check={(day) => dayProblem(day, new Date(), words)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" loading={isPending}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
