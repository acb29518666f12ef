import { blobPlan } from './blob-plan';

/** Cache key of the facts of a blob: its id and everything the path decides about reading it. */
export function blobKey(blobId: string, path: string): string {
  const plan = blobPlan(path);
  const flags = `${plan.secrets === 'all' ? 's' : ''}${plan.hasConflicts ? 'c' : ''}`;
  return `${blobId}:${plan.language ?? plan.lexer ?? 'auto'}:${plan.data ?? ''}:${flags}`;
}
