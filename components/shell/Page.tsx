import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { type Crumb, TopBar } from './TopBar';

interface PageProps {
  /** From the outside in; the last is the page itself and has no address. */
  crumbs: readonly Crumb[];
  children: ReactNode;
  /** Split panes and lists that touch the edges bring their own padding. */
  isFlush?: boolean;
}

/** Top bar and main content: what every page of a signed-in person returns. */
export function Page({ crumbs, children, isFlush = false }: PageProps) {
  return (
    <>
      <TopBar crumbs={crumbs} />
      <Box component="main" id="main" tabIndex={-1} sx={isFlush ? FLUSH : PADDED}>
        {children}
      </Box>
    </>
  );
}

const FLUSH = { minWidth: 0, flex: 1, display: 'flex', flexDirection: 'column' } as const;

const PADDED = {
  minWidth: 0,
  width: '100%',
  maxWidth: 1680,
  px: { xs: 4, md: 6 },
  pt: { xs: '14px', md: 5 },
  pb: 10,
} as const;
