import { EXTRACTOR_VERSION } from './blob-facts';
import { blobPlan } from './blob-plan';

/** Cache key of the facts of a blob: its id, everything the path decides about reading it, and who reads it. */
export function blobKey(blobId: string, path: string): string {
  const plan = blobPlan(path);
  const flags = [
    plan.secrets,
    plan.hasConflicts && 'conflicts',
    plan.placeholders && `placeholders-${plan.placeholders}`,
    plan.isMarkdown && 'markdown',
    plan.mentions && `mentions-${plan.mentions}`,
  ]
    .filter(Boolean)
    .join('+');
  return `${blobId}:${plan.language ?? plan.lexer ?? 'auto'}:${plan.data ?? ''}:${flags}:${EXTRACTOR_VERSION}`;
}
