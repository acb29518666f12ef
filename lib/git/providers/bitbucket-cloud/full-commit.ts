import { z } from 'zod';
import type { ProviderClient, PullRequestFacts } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';
import type { ListedPullRequest } from './shapes';

const FULL = /^[0-9a-f]{40}$/;

/** Pull requests name the beginning of their commit: the rest is asked for. Null when that commit is gone. */
export async function withFullCommit(
  client: ProviderClient,
  { headRepository, ...row }: ListedPullRequest,
): Promise<PullRequestFacts | null> {
  if (FULL.test(row.headCommitId)) return row;
  if (!headRepository || !/^[0-9a-f]{7,40}$/.test(row.headCommitId)) return null;
  const shape = z.object({ hash: z.string().regex(FULL) });
  const commit = ['repositories', ...partsOf(headRepository), 'commit', row.headCommitId];
  const found = await unlessGone(() => ask(client, commit, shape));
  return found && { ...row, headCommitId: found.value.hash };
}
