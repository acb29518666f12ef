import { MAGIC_IDS } from '@/lib/magics/types';

/** Whether an id is of another tool's rule: those of ours begin with a magic. */
export function isImportedRule(ruleId: string): boolean {
  const [, tool] = /^([a-z0-9-]+)\/\S+$/.exec(ruleId) ?? [];
  return tool !== undefined && !MAGIC_IDS.some((magic) => magic === tool);
}
