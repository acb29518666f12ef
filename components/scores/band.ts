import type { Token } from '@/components/theme/tokens';

export type Band = 'excellent' | 'good' | 'fair' | 'weak' | 'poor';

/** The shown, whole number decides, so that number and word never disagree. */
export function bandOf(score: number): Band {
  const shown = Math.round(score);
  if (shown >= 90) return 'excellent';
  if (shown >= 75) return 'good';
  if (shown >= 60) return 'fair';
  return shown >= 40 ? 'weak' : 'poor';
}

export function bandColour(score: number): Token {
  const shown = Math.round(score);
  if (shown >= 75) return 'mossMark';
  return shown >= 60 ? 'ochreMark' : 'vermMark';
}

export function changeColour(change: number): Token {
  const shown = Math.round(change);
  if (shown === 0) return 'text3';
  return shown > 0 ? 'moss' : 'verm';
}
