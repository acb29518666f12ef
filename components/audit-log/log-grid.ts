/** Heads and rows share their columns. */
export const LOG_GRID = {
  display: 'grid',
  alignItems: 'center',
  gap: { xs: '2px 12px', md: '0 16px' },
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr) auto',
    md: '172px minmax(0, 1fr) 180px 128px',
    lg: '184px minmax(0, 1fr) 220px 160px 64px',
  },
  gridTemplateAreas: {
    xs: '"what what" "who when" "from ."',
    md: '"when what who from"',
    lg: '"when what who from number"',
  },
} as const;
