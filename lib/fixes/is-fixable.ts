import { findRule } from '@/lib/magics/registry';
import type { Finding } from '@/lib/magics/types';

/** Larger files are not mended by a machine. */
export const MAX_FIXED_BYTES = 256 * 1024;

/** Whether the finding's rule has a mechanical way out for some findings; what the file says decides about this one. */
export function isFixable({ ruleId, path, startLine }: Pick<Finding, 'ruleId' | 'path' | 'startLine'>): boolean {
  return path !== null && startLine !== null && (findRule(ruleId)?.edit ?? null) !== null;
}
