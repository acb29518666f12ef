import type { Token } from '@/components/theme/tokens';

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
