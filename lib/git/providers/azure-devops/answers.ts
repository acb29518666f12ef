import * as z from 'zod';
import { cutText } from '../cut-text';
import type { AnswerApi, CommitState, ProviderClient } from '../provider';
import { unlessGone } from '../unless-gone';
import { unlessRefused } from '../unless-refused';
import { ask, partsOf } from './api';
import { PullRequestRow, RepositoryRow, toPullRequest } from './shapes';

const LONGEST_DESCRIPTION = 400;
/** Of all states that this product shows. */
const GENRE = 'ancient-elder';
const STATES = {
  pending: 'pending',
  running: 'pending',
  passed: 'succeeded',
  failed: 'failed',
  neutral: 'notApplicable',
} as const;

const Iterations = z.object({
  value: z.array(z.object({ id: z.number().int(), sourceRefCommit: z.object({ commitId: z.string() }).nullish() })),
});
const Comment = z.object({ id: z.number().int() });
const Thread = z.object({ id: z.number().int(), comments: z.array(Comment) });

export const answers: AnswerApi = {
  async putCommitState(client, path, state) {
    const { parts } = partsOf(path);
    const body = {
      state: STATES[state.state],
      description: cutText(state.title, LONGEST_DESCRIPTION),
      targetUrl: state.url,
      context: { genre: GENRE, name: state.name },
    };
    await ask(client, [...parts, 'commits', state.commitId, 'statuses'], z.unknown(), { method: 'POST', body });
    await unlessRefused(() => putPullRequestStatus(client, parts, state, body));
    return { externalId: null };
  },
  /** A thread that is closed from the beginning: an open one could keep the pull request from being completed. */
  async putComment(client, path, { number, externalId, body }) {
    const threads = [...partsOf(path).parts, 'pullRequests', number, 'threads'];
    const [thread, comment] = externalId?.split('/', 2) ?? [];
    if (thread && comment) {
      const address = [...threads, thread, 'comments', comment];
      const changed = await unlessGone(() =>
        ask(client, address, Comment, { method: 'PATCH', body: { content: body } }),
      );
      if (changed) return { externalId: `${thread}/${changed.value.id}` };
    }
    const comments = [{ parentCommentId: 0, content: body, commentType: 'text' }];
    const { value } = await ask(client, threads, Thread, { method: 'POST', body: { comments, status: 'closed' } });
    return { externalId: `${value.id}/${value.comments[0]?.id ?? 1}` };
  },
  async getPullRequest(client, path, number) {
    const { parts } = partsOf(path);
    const [{ value }, { value: repository }] = await Promise.all([
      ask(client, [...parts, 'pullrequests', number], PullRequestRow),
      ask(client, parts, RepositoryRow),
    ]);
    return toPullRequest(repository.webUrl, value);
  },
};

/** On the iteration that the commit is the newest of: a policy of the branch then asks for another one when there are new commits. */
async function putPullRequestStatus(
  client: ProviderClient,
  parts: readonly string[],
  { commitId, pullRequest }: CommitState,
  status: object,
): Promise<void> {
  if (pullRequest === null) return;
  const place = [...parts, 'pullRequests', pullRequest];
  const { value: iterations } = await ask(client, [...place, 'iterations'], Iterations);
  const iteration = iterations.value.findLast(({ sourceRefCommit }) => sourceRefCommit?.commitId === commitId);
  if (!iteration) return;
  const body = { ...status, iterationId: iteration.id };
  await ask(client, [...place, 'statuses'], z.unknown(), { method: 'POST', body });
}
