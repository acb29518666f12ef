import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';

interface PanelProps {
  title?: ReactNode;
  /** Beside the title, quieter. */
  meta?: ReactNode;
  /** At the right edge of the head. */
  action?: ReactNode;
  children: ReactNode;
  /** Tables and lists touch the edge. */
  isFlush?: boolean;
  headingId?: string;
}

/** A flat surface with an optional head. With a title it is a region of that name. */
export function Panel({ title, meta, action, children, isFlush = false, headingId }: PanelProps) {
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={title ? headingId : undefined}
      sx={{ borderRadius: '8px', minWidth: 0, overflow: isFlush ? 'clip' : undefined }}
    >
      {title && (
        <Box sx={HEAD}>
          <Box component="h2" id={headingId} sx={{ typography: 'h2' }}>
            {title}
          </Box>
          {meta && (
            <Box component="span" sx={{ typography: 'body2', color: 'text.secondary', minWidth: 0 }}>
              {meta}
            </Box>
          )}
          {action && <Box sx={{ ml: 'auto' }}>{action}</Box>}
        </Box>
      )}
      <Box sx={isFlush ? undefined : { p: 4 }}>{children}</Box>
    </Paper>
  );
}

const HEAD = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 2,
  px: 4,
  py: '7px',
  minHeight: 44,
  borderBottom: 1,
  borderColor: 'divider',
} as const;
