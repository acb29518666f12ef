/** Heads and rows share their columns. */
export const AUDIT_GRID = {
  display: 'grid',
  alignItems: 'center',
  gap: { xs: '4px 12px', md: '0 16px' },
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr) auto',
    md: 'minmax(0, 1fr) 112px 104px 124px 144px 72px',
    lg: 'minmax(0, 1fr) 116px 116px 132px 148px 168px 80px',
  },
  gridTemplateAreas: {
    xs: '"what result" "when health" "gate took"',
    md: '"what result health gate when took"',
    lg: '"what result health gate findings when took"',
  },
} as const;
