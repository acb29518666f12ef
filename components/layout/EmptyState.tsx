import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** One sentence that says why there is nothing, and the way out. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'flex-start',
        gap: 3,
        px: { xs: 4, sm: 8 },
        py: { xs: 6, sm: 10 },
        maxWidth: '76ch',
      }}
    >
      <Box component="p" sx={{ fontSize: '0.875rem', lineHeight: 'var(--elder-line-prose)', fontWeight: 500 }}>
        {title}
      </Box>
      {children}
    </Box>
  );
}
