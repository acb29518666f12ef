import type { Tx } from '@/lib/db/client';
import type { PullRequestFacts } from '@/lib/git/providers/provider';

/** Keeps what the host last told of a pull request. Gives its id. The project is locked. */
export async function recordPullRequest(tx: Tx, projectId: string, facts: PullRequestFacts): Promise<string> {
  const { number, author, headRef, ...rest } = facts;
  // Branches of the repository itself are fetched anyway.
  const values = { ...rest, headRef: headRef?.startsWith('refs/heads/') ? null : headRef };
  const { id } = await tx.pullRequest.upsert({
    where: { projectId_number: { projectId, number } },
    create: { projectId, number, author, ...values },
    // Some hosts name the author only when it is opened.
    update: { ...values, ...(author !== null && { author }) },
    select: { id: true },
  });
  return id;
}
