'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { ChangeList } from './ChangeList';
import { changesBetween, clashesOf } from './changes';
import { conflictVersion } from './conflict-version';
import { WIDE } from './ReviewDialog';
import { isSilent } from './silent-changes';
import type { Draft } from './use-draft';
import type { Conflict } from './use-save';

interface ConflictDialogProps {
  conflict: Conflict;
  draft: Draft;
  options: AvailableOptions;
  onClose: () => void;
  /** Whether one's own changes go on top of the other version. */
  onEnd: (isKeeping: boolean) => void;
}

/** What both sides changed since the version that was edited; what both set is marked. */
export function ConflictDialog({ conflict, draft, options, onClose, onEnd }: ConflictDialogProps) {
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const words = t.policy.conflict;
  const theirs = changesBetween(draft.held.configuration, conflict.configuration).filter(
    (change) => !isSilent(change, options),
  );
  const clashes = clashesOf(draft.changes, theirs);
  const version = conflictVersion(conflict, t, format.number);
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={id} slotProps={{ paper: { sx: WIDE } }}>
      <DialogTitle id={id}>{words.title(version)}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 4 }}>
        <section>
          <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
            {words.theirs(conflict.by ?? words.somebody)}
          </Box>
          <ChangeList changes={theirs} options={options} label={words.theirList} />
        </section>
        <section>
          <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
            {words.yours}
          </Box>
          <ChangeList changes={draft.changes} options={options} label={words.yourList} marked={clashes} />
        </section>
        <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {clashes.length > 0 ? words.clashes(format.number(clashes.length)) : words.noClash}
        </Box>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap' }}>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="outlined" onClick={() => onEnd(false)}>
          {words.take(version)}
        </Button>
        <Button variant="contained" autoFocus onClick={() => onEnd(true)}>
          {words.keep(version)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
