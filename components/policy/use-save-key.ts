'use client';

import { useEffect, useRef } from 'react';
import { isOverlayOpen } from '@/components/shell/key-guard';

/** Ctrl or ⌘ with S saves, wherever the cursor is; the browser's own dialog never comes. */
export function useSaveKey(save: (() => void) | null): void {
  const latest = useRef(save);
  const isOn = save !== null;

  useEffect(() => {
    latest.current = save;
  });

  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      if (!isOverlayOpen()) latest.current?.();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn]);
}
