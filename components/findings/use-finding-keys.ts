'use client';

import { useEffect, useRef } from 'react';
import { isOverlayOpen, isPlainKey } from '@/components/shell/key-guard';
import { hasSingleKeys } from '@/components/shell/single-keys';
import type { Verdict } from '@/lib/magics/types';
import { VERDICT_KEYS } from './TriageBar';
import { useCopyPatch } from './use-copy-patch';

interface FindingKeys {
  /** What is typed belongs to a field that is not drawn yet: no key does anything. */
  isAwaitingField: boolean;
  patch: string | null;
  /** Null when there is nothing to go back from. */
  onBack: (() => void) | null;
  /** Null for who may not judge, or without a finding. */
  triage: {
    onAssign: () => void;
    onJudge: (verdict: Verdict) => void;
    onComment: () => void;
  } | null;
  onUndo: () => void;
}

/**
 * `a`, `r`, `f`, `w` and `c` judge, `z` takes the last change back, `p` copies the patch, Esc goes back to the list. `j`, `k`,
 * `/` and Enter are those of every page, and so is `g` with a key after it.
 */
export function useFindingKeys(keys: FindingKeys): void {
  const copyPatch = useCopyPatch();
  const isAfterLeader = useRef(false);

  useEffect(() => {
    const { isAwaitingField, patch, onBack, triage, onUndo } = keys;
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || isOverlayOpen()) return;
      if (isAwaitingField && event.key.length === 1) return event.preventDefault();
      const isSecond = isAfterLeader.current;
      isAfterLeader.current = event.key === 'g' && !isSecond;
      if (isSecond || event.shiftKey) return;
      const verdict = (Object.keys(VERDICT_KEYS) as Verdict[]).find((one) => VERDICT_KEYS[one] === event.key);
      if (event.key === 'Escape' && onBack) onBack();
      else if (!hasSingleKeys()) return;
      else if (event.key === 'p' && patch) copyPatch(patch);
      else if (event.key === 'z') onUndo();
      else if (triage && verdict) triage.onJudge(verdict);
      else if (triage && event.key === 'a') triage.onAssign();
      else if (triage && event.key === 'c') triage.onComment();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
