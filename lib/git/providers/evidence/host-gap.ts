import { isAppError } from '@/lib/errors';
import type { HostGap } from '@/lib/magics/facts/provider';
import { nameOf } from './values';

const MOST_NEEDED = 5;

/** Why a part of the evidence is missing, from what asking for it threw. */
export function hostGapOf(error: unknown): HostGap {
  if (!isAppError(error)) return gap('host-down');
  const { code, details } = error;
  switch (code) {
    case 'provider_scope_missing': {
      const needed = Array.isArray(details?.needed) ? details.needed : [];
      return gap('host-scope', needed.slice(0, MOST_NEEDED).map(String).map(nameOf).join(', '));
    }
    case 'provider_rate_limited':
      return gap('host-limit');
    case 'provider_refused':
      if (details?.problem === 'budget') return gap('host-limit');
      return gap(details?.problem === 'untold' ? 'host-untold' : 'host-refused');
    case 'provider_unauthorized':
    case 'provider_token_expired':
    case 'provider_suspended':
    case 'provider_not_found':
      return gap('host-refused');
    default:
      return gap('host-down');
  }
}

function gap(reason: HostGap['reason'], needed = ''): HostGap {
  return { reason, needed };
}
