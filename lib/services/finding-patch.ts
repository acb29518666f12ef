import type { Context } from '@/lib/auth/context';
import { fixFile, MAX_FIXED_BYTES } from '@/lib/fixes/fix-file';
import { isFixable } from '@/lib/fixes/is-fixable';
import type { MessageData } from '@/lib/magics/types';
import type { PatchView } from '@/lib/schemas/findings';
import { readFindingFile } from './finding-file';

const TIMEOUT_MS = 10_000;

/** A checked patch against the commit that saw the finding last; null when none is safe. */
export async function getFindingPatch(ctx: Context, findingId: string): Promise<PatchView> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const file = await readFindingFile(ctx, findingId, { maxBytes: MAX_FIXED_BYTES, signal });
  const { path, commit, bytes } = file;
  const finding = { ...file.finding, data: file.finding.data as MessageData };
  if (!isFixable(finding)) return { path, commit, patch: null };
  const fixed = await fixFile(path, bytes, [finding]);
  return { path, commit, patch: fixed?.patch ?? null };
}
