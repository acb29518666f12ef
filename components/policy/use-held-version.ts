'use client';

import { useEffect } from 'react';
import type { ConfigurationView } from '@/lib/schemas/configuration';
import type { Draft } from './use-draft';

/** A newer version that somebody saved takes the place of the one on screen, unless it is being edited. */
export function useHeldVersion(draft: Draft, view: ConfigurationView): void {
  const isEdited = draft.changes.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a version that arrives is taken, or one that waited for the edits to end
  useEffect(() => {
    if (!isEdited && view.version > draft.held.version) draft.hold(view);
  }, [isEdited, view.version]);
}
