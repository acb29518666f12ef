'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

type Change = Readonly<Record<string, string | null>>;

/** Reads the state of a page from its address, and puts changes there without asking the server again. */
export function useAddress() {
  const pathname = usePathname();
  const parameters = useSearchParams();
  /** `push` makes a step that the back button undoes; otherwise the step is replaced. */
  const change = useCallback(
    (part: Change, mode: 'push' | 'replace' = 'replace') => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(part)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      const address = query ? `${pathname}?${query}` : pathname;
      if (mode === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [pathname],
  );
  return { parameters, change };
}
