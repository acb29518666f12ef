'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { createAddressAhead } from './address-ahead';
import { putAddress } from './address-step';

type Change = Readonly<Record<string, string | null>>;

const ahead = createAddressAhead();

/** Reads the state of a page from its address, and puts changes there without asking the server again. */
export function useAddress() {
  const pathname = usePathname();
  const parameters = useSearchParams();
  const drawn = addressOf(pathname, parameters.toString());

  useEffect(() => ahead.draw(drawn), [drawn]);
  useEffect(() => {
    window.addEventListener('popstate', ahead.clear);
    return () => window.removeEventListener('popstate', ahead.clear);
  }, []);

  /** What was asked for last, which may be ahead of what is drawn. */
  const latest = useCallback(() => {
    const [path, query = ''] = (ahead.latest() ?? '').split('?');
    return new URLSearchParams(path === pathname ? query : window.location.search);
  }, [pathname]);
  /** `push`, for what is chosen, makes a step that the back button undoes; typing and moving replace. */
  const change = useCallback(
    (part: Change, mode: 'push' | 'replace' = 'replace') => {
      const next = latest();
      for (const [name, value] of Object.entries(part)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      const address = addressOf(pathname, next.toString());
      ahead.put(address);
      putAddress(address, mode);
    },
    [pathname, latest],
  );
  return { parameters, latest, change };
}

function addressOf(pathname: string, query: string): string {
  return query ? `${pathname}?${query}` : pathname;
}
