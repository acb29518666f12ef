import type { ConflictMarkerFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';

/** Lines that open a conflict whose three marks stand in order at the start of their lines. */
export function findConflictMarkers(text: string): BlobRow<ConflictMarkerFact>[] {
  if (!text.includes('<<<<<<< ') || !text.includes('>>>>>>> ')) return [];
  const found: BlobRow<ConflictMarkerFact>[] = [];
  let opened: number | null = null;
  let isDivided = false;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    if (raw.startsWith('<<<<<<< ')) {
      opened = line;
      isDivided = false;
    } else if (opened !== null && /^=======\r?$/.test(raw)) {
      isDivided = true;
    } else if (opened !== null && isDivided && raw.startsWith('>>>>>>> ')) {
      found.push({ line: opened });
      opened = null;
    }
  }
  return found;
}
