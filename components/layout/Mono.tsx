import Box from '@mui/material/Box';
import { Children, type ReactNode } from 'react';
import { showHidden } from '@/lib/magics/hidden-text';

/** Paths, ids and short commits; long ones break anywhere rather than push the page. */
export function Mono({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <Box
      component="code"
      title={title === undefined ? undefined : showHidden(title)}
      sx={{ overflowWrap: 'anywhere', letterSpacing: '-0.01em', unicodeBidi: 'isolate' }}
    >
      {Children.map(children, (child) => (typeof child === 'string' ? showHidden(child) : child))}
    </Box>
  );
}
