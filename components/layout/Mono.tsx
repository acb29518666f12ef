import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Paths, ids and short commits; long ones break anywhere rather than push the page. */
export function Mono({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <Box component="code" title={title} sx={{ overflowWrap: 'anywhere', letterSpacing: '-0.01em' }}>
      {children}
    </Box>
  );
}
