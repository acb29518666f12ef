'use client';

import { createContext, useContext } from 'react';
import type { AvailableOptions, Configuration } from '@/lib/schemas/configuration';
import type { Draft } from './use-draft';

export interface PolicyForm {
  draft: Configuration;
  /** The version that is edited. */
  base: Configuration;
  options: AvailableOptions;
  change: Draft['change'];
  isReadOnly: boolean;
  /** The only parts that can be changed; null: all of them. */
  open: readonly (keyof Configuration)[] | null;
  /** What the server said is wrong with a setting or one inside it; null when nothing. */
  errorAt: (...path: readonly (string | number)[]) => string | null;
}

export const PolicyFormContext = createContext<PolicyForm | null>(null);

/** The draft that the sections of the policy and the gate edit together, for the section of one part. */
export function usePolicyForm(part: keyof Configuration): PolicyForm {
  const value = useContext(PolicyFormContext);
  if (!value) throw new Error('PolicyFormContext is missing above this component');
  const isLocked = value.open !== null && !value.open.includes(part);
  return isLocked ? { ...value, isReadOnly: true } : value;
}
