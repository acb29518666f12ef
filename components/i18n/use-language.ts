'use client';

import { useRouter } from 'next/navigation';
import { useKeepPreference } from '@/components/account/preferences';
import { writeCookie } from '@/components/api/cookies';
import { LANGUAGE_COOKIE } from '@/lib/i18n/language';
import type { Language } from '@/lib/magics/types';
import { useFormat } from './LocaleProvider';

/** The language on screen, and how to choose another: the server draws the page again in it. */
export function useLanguage(): [Language, (language: Language) => void] {
  const router = useRouter();
  const keep = useKeepPreference();
  const { language } = useFormat();
  const choose = (next: Language) => {
    writeCookie(LANGUAGE_COOKIE, next);
    keep({ language: next });
    document.documentElement.lang = next;
    router.refresh();
  };
  return [language, choose];
}
