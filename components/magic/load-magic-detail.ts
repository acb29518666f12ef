import { callApi, problemOf } from '@/components/api/client';
import type { MagicId } from '@/lib/magics/types';
import type { MagicDetail } from '@/lib/schemas/magics';

/** A magic's last result with the sum behind its score; null when it has judged nothing yet. */
export async function loadMagicDetail(
  projectId: string,
  magic: MagicId,
  signal: AbortSignal,
): Promise<MagicDetail | null> {
  try {
    return await callApi<MagicDetail>(`/projects/${projectId}/magics/${magic}`, { signal });
  } catch (error) {
    if (problemOf(error).code === 'not_found') return null;
    throw error;
  }
}
