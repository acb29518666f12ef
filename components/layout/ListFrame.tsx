'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { ConnectionNote } from '@/components/live/ConnectionNote';

interface ListQuery {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => Promise<unknown>;
  fetchNextPage: () => Promise<unknown>;
}

interface ListFrameProps {
  query: ListQuery;
  /** Filters, or what to do with the rows chosen. */
  bar?: ReactNode;
  /** Rows, or why there are none. */
  children: ReactNode;
  /** Under the rows: how many are shown. */
  foot?: ReactNode;
  /** What the button for the next page says. */
  more: string;
}

/** A page that is one list: what is wrong, the bar, the rows in a panel, the next page. Errors keep what was loaded. */
export function ListFrame({ query, bar, children, foot, more }: ListFrameProps) {
  return (
    <>
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '&:empty': { display: 'none' } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      </Box>
      {bar}
      <Paper variant="outlined" sx={PANEL}>
        {query.isPending && !query.isError && <RowSkeletons />}
        {children}
      </Paper>
      <Box sx={FOOT}>
        {foot}
        {query.hasNextPage && (
          <Button
            size="small"
            color="info"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
            sx={{ ml: 'auto' }}
          >
            {more}
          </Button>
        )}
      </Box>
    </>
  );
}

/** Lists under 600 touch the screen's edges. The head of the table sticks, so the panel must not clip it. */
const PANEL = {
  borderRadius: { xs: 0, sm: '8px' },
  mx: { xs: -4, sm: 0 },
  borderInline: { xs: 0, sm: '1px solid var(--mui-palette-divider)' },
  overflow: 'clip',
  '&:empty': { display: 'none' },
} as const;

const FOOT = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 4,
  minHeight: 32,
  mt: 2,
  typography: 'body2',
  color: 'elder.text3',
  '&:empty': { display: 'none' },
} as const;
