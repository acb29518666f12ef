import type { HostPart, ProviderFact } from './facts/provider';
import type { Unavailable } from './types';

/** What a rule answers that needs a part which the host did not tell; null when it did. */
export function hostGap({ missing }: ProviderFact, part: HostPart): Unavailable | null {
  const gap = missing[part];
  if (!gap) return null;
  return { outcome: 'not-available', reason: gap.reason, data: gap.needed === '' ? {} : { needed: gap.needed } };
}
