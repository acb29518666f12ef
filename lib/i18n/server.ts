import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { Language } from '@/lib/magics/types';
import { createFormat, type Format } from './format';
import { chooseLanguage, chooseTimeZone, LANGUAGE_COOKIE, TIME_ZONE_COOKIE } from './language';
import { type Messages, messagesIn } from './messages';

export interface RequestLocale {
  language: Language;
  timeZone: string;
  /** Milliseconds; one moment for the whole page, so that server and browser draw the same. */
  now: number;
}

export const getLocale = cache(async (): Promise<RequestLocale> => {
  const [cookieList, headerList] = await Promise.all([cookies(), headers()]);
  return {
    language: chooseLanguage(cookieList.get(LANGUAGE_COOKIE)?.value, headerList.get('accept-language')),
    timeZone: chooseTimeZone(decode(cookieList.get(TIME_ZONE_COOKIE)?.value)),
    now: Date.now(),
  };
});

/** Texts in the reader's language, for Server Components. */
export async function getMessages(): Promise<Messages> {
  return messagesIn((await getLocale()).language);
}

export async function getFormat(): Promise<Format> {
  const { language, timeZone, now } = await getLocale();
  return createFormat(language, timeZone, now);
}

function decode(value: string | undefined): string | undefined {
  try {
    return value && decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
