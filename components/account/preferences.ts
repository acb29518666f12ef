'use client';

import { useContext } from 'react';
import { callApi } from '@/components/api/client';
import { writeCookie } from '@/components/api/cookies';
import { ShellContext } from '@/components/shell/shell-context';
import { THEME_COOKIE } from '@/components/theme/mode';
import { LANGUAGE_COOKIE } from '@/lib/i18n/language';
import type { MeView, PreferencesRequest } from '@/lib/schemas/users';

/** How to keep a choice with the account, for the person's other devices. On this one the cookie holds it already. */
export function useKeepPreference(): (preference: PreferencesRequest) => void {
  const isSignedIn = useContext(ShellContext) !== null;
  return (preference) => {
    if (isSignedIn) callApi('/me', { method: 'PATCH', body: preference }).catch(() => undefined);
  };
}

/** After signing in on a new device: takes over what the person chose elsewhere; a choice made here stays. */
export async function restorePreferences(): Promise<void> {
  const me = await callApi<MeView>('/me').catch(() => null);
  if (me?.language && !hasCookie(LANGUAGE_COOKIE)) writeCookie(LANGUAGE_COOKIE, me.language);
  if (me?.theme && !hasCookie(THEME_COOKIE)) writeCookie(THEME_COOKIE, me.theme);
}

function hasCookie(name: string): boolean {
  return document.cookie.split('; ').some((part) => part.startsWith(`${name}=`));
}
