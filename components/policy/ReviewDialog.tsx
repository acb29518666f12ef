'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { ChangeList } from './ChangeList';
import type { Change } from './changes';

interface ReviewDialogProps {
  changes: readonly Change[];
  options: AvailableOptions;
  version: number;
  onClose: () => void;
}

/** All that would be saved. */
export function ReviewDialog({ changes, options, version, onClose }: ReviewDialogProps) {
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const words = t.policy.review;
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={id} slotProps={{ paper: { sx: WIDE } }}>
      <DialogTitle id={id}>{words.title(format.number(version))}</DialogTitle>
      <DialogContent>
        <ChangeList changes={changes} options={options} label={words.list} />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {t.common.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export const WIDE = { maxWidth: 680 } as const;
