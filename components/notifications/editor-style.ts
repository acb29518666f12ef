/** Form at the left, what comes of it at the right. */
export const EDITOR = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(320px, 2fr)' },
  alignItems: 'start',
} as const;
