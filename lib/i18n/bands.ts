export type Band = 'excellent' | 'good' | 'fair' | 'weak' | 'poor';

/** The shown, whole number decides, so that number and word never disagree. */
export function bandOf(score: number): Band {
  const shown = Math.round(score);
  if (shown >= 90) return 'excellent';
  if (shown >= 75) return 'good';
  if (shown >= 60) return 'fair';
  return shown >= 40 ? 'weak' : 'poor';
}
