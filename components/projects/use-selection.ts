'use client';

import { useEffect, useState } from 'react';
import { isOverlayOpen, isPlainKey } from '@/components/shell/key-guard';
import { hasSingleKeys } from '@/components/shell/single-keys';
import { rangeOf } from './select-range';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string, isRange?: boolean) => void;
  /** All of them, or none when all are chosen. */
  toggleAll: () => void;
  clear: () => void;
}

/**
 * Rows chosen by box or by `x`, with Shift a range; `Esc` lets go. What leaves the screen leaves the selection. `rowName`: what
 * of a row's `data-` attributes holds its id.
 */
export function useSelection(shown: readonly string[], isAllowed: boolean, rowName = 'project'): Selection {
  const [chosen, setChosen] = useState<{ ids: readonly string[]; last: string | null }>({ ids: [], last: null });
  const ids = new Set(chosen.ids.filter((id) => shown.includes(id)));

  const toggle = (id: string, isRange = false) => {
    const next = new Set(ids);
    if (isRange) for (const one of rangeOf(shown, chosen.last, id)) next.add(one);
    else if (!next.delete(id)) next.add(id);
    setChosen({ ids: [...next], last: id });
  };
  const clear = () => setChosen({ ids: [], last: null });
  const toggleAll = () => setChosen({ ids: ids.size === shown.length ? [] : shown, last: null });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isAllowed || !isPlainKey(event) || !hasSingleKeys()) return;
      if (isOverlayOpen()) return;
      const name = `[data-${rowName}]`;
      const focused = document.activeElement?.closest<HTMLElement>(name);
      const row = (focused ?? document.querySelector<HTMLElement>(`${name}[aria-current="true"]`))?.dataset[rowName];
      if (event.key.toLowerCase() === 'x' && row) toggle(row, event.shiftKey);
      else if (event.key === 'Escape' && ids.size > 0) clear();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  return { ids, toggle, toggleAll, clear };
}
