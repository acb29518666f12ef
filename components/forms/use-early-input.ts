'use client';

import { type RefObject, useLayoutEffect } from 'react';

/** What was typed into the server's page before React took it over would be written over by its state. */
export function useEarlyInput(
  element: RefObject<HTMLInputElement | null>,
  value: string | undefined,
  onChange: ((value: string) => void) | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is there when the page comes alive
  useLayoutEffect(() => {
    const early = element.current?.value;
    if (early && value !== undefined && early !== value) onChange?.(early);
  }, []);
}
