'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { putAddress } from './address-step';

type Change = Readonly<Record<string, string | null>>;

/** Reads the state of a page from its address, and puts changes there without asking the server again. */
export function useAddress() {
  const pathname = usePathname();
  const parameters = useSearchParams();
  /** `push`, for what is chosen, makes a step that the back button undoes; typing and moving replace. */
  const change = useCallback(
    (part: Change, mode: 'push' | 'replace' = 'replace') => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(part)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      const address = query ? `${pathname}?${query}` : pathname;
      putAddress(address, mode);
    },
    [pathname],
  );
  return { parameters, change };
}
