'use client';

import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useMessages } from '@/components/i18n/LocaleProvider';

/** Rows of the real height. They come after 200 ms, so that a quick answer shows none, and never shimmer. */
export function RowSkeletons({ rows = 10, height = 46 }: { rows?: number; height?: number }) {
  const t = useMessages();
  return (
    <Box role="status" aria-label={t.common.loading} sx={APPEAR}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Box key={row} sx={{ ...ROW, height }}>
          <Skeleton variant="rectangular" width="24%" height={12} />
          <Skeleton variant="rectangular" width="10%" height={12} />
          <Skeleton variant="rectangular" width="12%" height={12} />
          <Skeleton variant="rectangular" width="8%" height={12} sx={{ ml: 'auto' }} />
        </Box>
      ))}
    </Box>
  );
}

/** Lines of code, as long as code is: widths in per cent. */
const CODE_LINES = [34, 52, 46, 28, 61, 57, 40, 66, 49, 22, 37, 54];

export function CodeSkeleton() {
  const t = useMessages();
  return (
    <Box role="status" aria-label={t.common.loading} sx={{ ...APPEAR, px: { xs: 4, md: 5 }, py: 2 }}>
      {CODE_LINES.map((width) => (
        <Box key={width} sx={{ display: 'flex', alignItems: 'center', height: 21 }}>
          <Skeleton variant="rectangular" width={`${width}%`} height={10} sx={{ ml: 10 }} />
        </Box>
      ))}
    </Box>
  );
}

/** A block of the size of a panel. */
export function PanelSkeleton({ height = 160 }: { height?: number }) {
  const t = useMessages();
  return (
    <Box role="status" aria-label={t.common.loading} sx={APPEAR}>
      <Skeleton variant="rectangular" height={height} sx={{ borderRadius: '8px' }} />
    </Box>
  );
}

const APPEAR = {
  '@keyframes elder-appear': { from: { visibility: 'hidden' }, to: { visibility: 'visible' } },
  animation: 'elder-appear 0s 200ms both',
} as const;

const ROW = {
  display: 'flex',
  alignItems: 'center',
  gap: 6,
  px: 4,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;
