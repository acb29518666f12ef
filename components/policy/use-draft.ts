'use client';

import { useCallback, useMemo, useState } from 'react';
import type { AvailableOptions, Configuration, PresetKey } from '@/lib/schemas/configuration';
import { type Change, changesBetween, withChanges } from './changes';
import { type HeldVersion, openChanges } from './held-version';
import { isSilent } from './silent-changes';

type Part = Partial<Configuration>;

export interface Draft {
  held: HeldVersion;
  configuration: Configuration;
  preset: PresetKey | null;
  /** From the version that is edited. */
  changes: readonly Change[];
  /** Goes up when what is shown was replaced as a whole, so that half-typed fields begin anew. */
  round: number;
  /** Stays the same function. A part that follows from what is there is given as a function of it. */
  change: (part: Part | ((before: Configuration) => Part)) => void;
  startFrom: (preset: PresetKey, part: Part) => void;
  discard: () => void;
  /** Takes a version as the one that is edited, with or without the changes made so far. */
  hold: (version: HeldVersion, isKeeping?: boolean) => void;
}

/** What is typed, over the version it started from. */
export function useDraft(initial: HeldVersion, options: AvailableOptions): Draft {
  const [held, setHeld] = useState(initial);
  const [configuration, setConfiguration] = useState(initial.configuration);
  const [preset, setPreset] = useState(initial.preset);
  const [round, setRound] = useState(0);
  const changes = useMemo(
    () => changesBetween(held.configuration, configuration).filter((change) => !isSilent(change, options)),
    [held, configuration, options],
  );
  const change = useCallback<Draft['change']>(
    (part) => setConfiguration((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  const hold = (next: HeldVersion, isKeeping = false) => {
    setHeld(next);
    setConfiguration(isKeeping ? withChanges(next.configuration, openChanges(changes, next)) : next.configuration);
    if (!isKeeping) setPreset(next.preset);
    setRound((before) => before + 1);
  };
  return {
    held,
    configuration,
    preset,
    changes,
    round,
    change,
    startFrom: (chosen, part) => {
      setPreset(chosen);
      setConfiguration((before) => ({ ...before, ...part }));
      setRound((before) => before + 1);
    },
    discard: () => hold(held),
    hold,
  };
}
