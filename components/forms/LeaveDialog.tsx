'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useSyncExternalStore } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { answerLeave, waitingLeave, watchLeave } from './unsaved-work';
import './watch-steps';

/** Asks whoever leaves a page with something unsaved; see `useLeaveGuard`. In the root layout, see `watch-steps`. */
export function LeaveDialog() {
  const t = useMessages();
  const id = useId();
  const waiting = useSyncExternalStore(watchLeave, waitingLeave, () => null);
  return (
    <Dialog open={waiting !== null} onClose={() => answerLeave(false)} aria-labelledby={id} fullWidth maxWidth="xs">
      <DialogTitle id={id}>{t.common.leave.title}</DialogTitle>
      <DialogContent>{t.common.leave.about}</DialogContent>
      <DialogActions>
        <Button color="error" onClick={() => answerLeave(true)}>
          {t.common.leave.leave}
        </Button>
        <Button variant="contained" autoFocus onClick={() => answerLeave(false)}>
          {t.common.leave.stay}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
