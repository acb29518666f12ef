'use client';

import { useEffect, useRef } from 'react';

/** Focuses a row of a list beside a pane; false when the list does not show it. */
export function focusRow(id: string): boolean {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  row?.focus();
  return row !== null;
}

/** Gives the focus to the row whose pane was closed, as soon as its list is there again. */
export function useReturnToRow(openId: string | null): (id: string) => void {
  const closed = useRef<string | null>(null);
  useEffect(() => {
    if (openId !== null || closed.current === null) return;
    focusRow(closed.current);
    closed.current = null;
  }, [openId]);
  return (id) => {
    closed.current = id;
  };
}
