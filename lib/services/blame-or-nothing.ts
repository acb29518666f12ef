import type { Context } from '@/lib/auth/context';
import { type BlameLine, blame } from '@/lib/git/blame';
import type { GitRepository } from '@/lib/git/open-local';

/** Who last changed the lines. Blame is an extra: what is shown without it is better than nothing. */
export async function blameOrNothing(
  ctx: Context,
  repository: GitRepository,
  range: Parameters<typeof blame>[1],
  signal: AbortSignal,
): Promise<BlameLine[]> {
  try {
    return await blame(repository, range, { signal });
  } catch (err) {
    ctx.log.warn({ err }, 'lines could not be blamed');
    return [];
  }
}
