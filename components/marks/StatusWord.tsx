import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { StatusMark } from './StatusMark';
import type { MarkStatus } from './status-drawings';

/** A status as mark and word. */
export function StatusWord({
  status,
  size = 14,
  children,
}: {
  status: MarkStatus;
  size?: number;
  children: ReactNode;
}) {
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: '6px',
        whiteSpace: 'nowrap',
        fontWeight: 500,
      }}
    >
      <StatusMark status={status} size={size} />
      {children}
    </Box>
  );
}
