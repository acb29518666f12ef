export const THEME_COOKIE = 'elder-theme';
export const MODES = ['system', 'light', 'dark'] as const;
export type Mode = (typeof MODES)[number];

export function parseMode(value: string | undefined): Mode {
  return MODES.find((mode) => mode === value) ?? 'system';
}
