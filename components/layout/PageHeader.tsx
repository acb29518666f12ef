import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title: a live chip, a status. */
  aside?: ReactNode;
  /** One sentence with numbers, or facts. */
  lead?: ReactNode;
  action?: ReactNode;
}

/** The one h1 of a page. */
export function PageHeader({ title, aside, lead, action }: PageHeaderProps) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 4, rowGap: 3, mb: '14px' }}>
      <Box sx={{ flex: '1 1 300px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '10px' }}>
          <Box component="h1" sx={{ typography: 'h1', overflowWrap: 'anywhere', minWidth: 0 }}>
            {title}
          </Box>
          {aside}
        </Box>
        {lead && (
          <Box component="div" sx={{ mt: '2px', color: 'text.secondary', '& b': { color: 'text.primary' } }}>
            {lead}
          </Box>
        )}
      </Box>
      {action && <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>{action}</Box>}
    </Box>
  );
}
