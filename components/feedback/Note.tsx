import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Icon } from '@/components/marks/Icon';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';

interface NoteProps {
  /** The mark in front; without one a plain note. */
  status?: MarkStatus;
  children: ReactNode;
  /** One action at the right. */
  action?: ReactNode;
  /** `alert` interrupts a screen reader; use it for what just went wrong. */
  role?: 'alert' | 'status' | 'note';
}

/** A message in the page: mark, text, one action. */
export function Note({ status, children, action, role = 'note' }: NoteProps) {
  return (
    <Box
      role={role}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'flex-start',
        gap: '10px',
        px: '14px',
        py: '10px',
        border: 1,
        borderColor: status && status !== 'passed' ? 'elder.lineStrong' : 'divider',
        borderRadius: '8px',
        bgcolor: 'background.paper',
        color: 'text.secondary',
        '& b': { color: 'text.primary' },
      }}
    >
      <Box component="span" sx={{ mt: '3px', color: 'text.secondary' }}>
        {status ? <StatusMark status={status} /> : <Icon name="clock" size={14} />}
      </Box>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>{children}</Box>
      {action}
    </Box>
  );
}
