import Box from '@mui/material/Box';
import type { SxProps } from '@mui/material/styles';

interface ColumnHeadsProps {
  /** The grid of the rows below. */
  grid: Exclude<SxProps, readonly unknown[]>;
  /** Areas of the grid with their names; the last one stands to the right. */
  heads: readonly (readonly [area: string, name: string])[];
  /** The area that only wide screens have room for. */
  wideOnly: string;
}

/** Names over the columns; each row says its facts in words, so screen readers need no heads. */
export function ColumnHeads({ grid, heads, wideOnly }: ColumnHeadsProps) {
  const last = heads.at(-1)?.[0];
  return (
    <Box aria-hidden sx={[grid, HEADS]}>
      {heads.map(([area, name]) => (
        <Box
          key={area}
          component="span"
          sx={{
            gridArea: area,
            textAlign: area === last ? 'right' : 'left',
            display: area === wideOnly ? { md: 'none', lg: 'block' } : 'block',
          }}
        >
          {name}
        </Box>
      ))}
    </Box>
  );
}

const HEADS = {
  display: { xs: 'none', md: 'grid' },
  minHeight: 34,
  px: 4,
  borderBottom: '1px solid',
  borderColor: 'divider',
  typography: 'body2',
  fontWeight: 500,
  color: 'elder.text3',
  whiteSpace: 'nowrap',
} as const;
