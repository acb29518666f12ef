import { findRule } from '@/lib/magics/registry';
import type { Finding } from '@/lib/magics/types';

/** Larger files are not mended by a machine. */
export const MAX_FIXED_BYTES = 256 * 1024;

/** Whether a patch is worth a try, by what the finding alone says; the file decides. */
export function isFixable({
  ruleId,
  messageId,
  data,
  path,
  startLine,
}: Pick<Finding, 'ruleId' | 'messageId' | 'data' | 'path' | 'startLine'>): boolean {
  if (path === null || startLine === null) return false;
  const rule = findRule(ruleId);
  return rule !== null && rule.edit !== null && rule.mends({ messageId, data });
}
