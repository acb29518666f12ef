'use client';

import { useEffect } from 'react';
import { isPlainKey } from '@/components/shell/key-guard';
import { hasSingleKeys } from '@/components/shell/single-keys';
import { useCopyPatch } from './use-copy-patch';

interface FindingKeys {
  patch: string | null;
  /** Null when there is nothing to go back from. */
  onBack: (() => void) | null;
}

/** `p` copies the patch, Esc goes back to the list. `j`, `k`, `/` and Enter are those of every page. */
export function useFindingKeys({ patch, onBack }: FindingKeys): void {
  const copyPatch = useCopyPatch();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (event.key === 'Escape' && onBack) onBack();
      else if (event.key === 'p' && patch && hasSingleKeys()) copyPatch(patch);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [patch, onBack, copyPatch]);
}
