import * as z from 'zod';
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
  const headCommitId = headRepository && (await findFullCommit(client, headRepository, row.headCommitId));
  return headCommitId ? { ...row, headCommitId } : null;
}

/** The whole id of a commit by its beginning; null when the repository has none. */
export async function findFullCommit(client: ProviderClient, path: string, commitId: string): Promise<string | null> {
  if (FULL.test(commitId)) return commitId;
  if (!/^[0-9a-f]{7,40}$/.test(commitId)) return null;
  const shape = z.object({ hash: z.string().regex(FULL) });
  const found = await unlessGone(() => ask(client, ['repositories', ...partsOf(path), 'commit', commitId], shape));
  return found?.value.hash ?? null;
}
