'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { writeCookie } from '@/components/api/cookies';
import { createFormat, type Format } from '@/lib/i18n/format';
import { TIME_ZONE_COOKIE } from '@/lib/i18n/language';
import { type Messages, messagesIn } from '@/lib/i18n/messages';
import type { Language } from '@/lib/magics/types';

const TICK_MS = 30_000;

const LocaleContext = createContext<{ messages: Messages; format: Format } | null>(null);

interface LocaleProviderProps {
  language: Language;
  timeZone: string;
  now: number;
  children: ReactNode;
}

/** First draws with the server's time zone and moment, then with the reader's own. */
export function LocaleProvider({ language, timeZone, now, children }: LocaleProviderProps) {
  const [clock, setClock] = useState({ timeZone, now });

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own !== timeZone) writeCookie(TIME_ZONE_COOKIE, own);
    const tick = () => setClock({ timeZone: own, now: Date.now() });
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [timeZone]);

  const value = useMemo(
    () => ({ messages: messagesIn(language), format: createFormat(language, clock.timeZone, clock.now) }),
    [language, clock],
  );
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

function useLocaleContext() {
  const value = useContext(LocaleContext);
  if (!value) throw new Error('LocaleProvider is missing above this component');
  return value;
}

/** Texts in the reader's language, for client components. */
export function useMessages(): Messages {
  return useLocaleContext().messages;
}

/** Dates and numbers for client components; its `now` moves on every half minute. */
export function useFormat(): Format {
  return useLocaleContext().format;
}
