'use client';

import { useColorScheme } from '@mui/material/styles';
import { useKeepPreference } from '@/components/account/preferences';
import { writeCookie } from '@/components/api/cookies';
import { type Mode, parseMode, THEME_COOKIE } from './mode';

/** The theme the reader chose, and how to choose another. */
export function useMode(): [Mode, (mode: Mode) => void] {
  const { mode, setMode } = useColorScheme();
  const keep = useKeepPreference();
  const choose = (next: Mode) => {
    writeCookie(THEME_COOKIE, next);
    keep({ theme: next });
    setMode(next);
  };
  return [parseMode(mode), choose];
}
