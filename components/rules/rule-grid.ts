const MIDDLE = '72px minmax(0, 5fr) minmax(0, 4fr) 172px 64px';
const WIDE = '72px minmax(0, 5fr) minmax(0, 4fr) 112px 172px 64px';

/** Heads and rows share their columns. */
export const RULE_GRID = {
  display: 'grid',
  alignItems: 'center',
  columnGap: 4,
  gridTemplateColumns: { xs: '72px minmax(0, 1fr)', md: MIDDLE, lg: WIDE },
  gridTemplateAreas: {
    xs: '"severity title" ". id" ". precision"',
    md: '"severity title id precision number"',
    lg: '"severity title id group precision number"',
  },
  'html:lang(ja) &': {
    gridTemplateColumns: { xs: '56px minmax(0, 1fr)', md: MIDDLE, lg: WIDE },
  },
} as const;
