'use client';

import { useEffect } from 'react';
import { type HeldVersion, isNewer } from './held-version';
import type { Draft } from './use-draft';

/** A newer version that somebody saved takes the place of the one on screen, unless it is being edited. */
export function useHeldVersion(draft: Draft, view: HeldVersion): void {
  const isEdited = draft.changes.length > 0;
  const isOld = isNewer(view, draft.held);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a version that arrives is taken, or one that waited for the edits to end
  useEffect(() => {
    if (!isEdited && isOld) draft.hold(view);
  }, [isEdited, isOld, view.version, view.team?.version]);
}
