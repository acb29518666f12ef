import * as z from 'zod';
import { cutText } from '../cut-text';
import type { AnswerApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';
import { PullRequestShape } from './shapes';

const LONGEST_DESCRIPTION = 250;
/** A warning blocks nothing. */
const STATES = {
  pending: 'pending',
  running: 'pending',
  passed: 'success',
  failed: 'failure',
  neutral: 'warning',
} as const;

const Comment = z.object({ id: z.number().int() });

export const answers: AnswerApi = {
  async putCommitState(client, path, state) {
    await ask(client, ['repos', ...partsOf(path), 'statuses', state.commitId], z.unknown(), {
      method: 'POST',
      body: {
        context: state.name,
        state: STATES[state.state],
        description: cutText(state.title, LONGEST_DESCRIPTION),
        target_url: state.url,
      },
    });
    return { externalId: null };
  },
  async putComment(client, path, { number, externalId, body }) {
    const repository = ['repos', ...partsOf(path)];
    if (externalId !== null) {
      const comment = [...repository, 'issues', 'comments', externalId];
      const changed = await unlessGone(() =>
        ask(client, comment, Comment.nullable(), { method: 'PATCH', body: { body } }),
      );
      // 204 without a body: the id is of a change to the pull request, not of a comment.
      if (changed?.value) return { externalId: String(changed.value.id) };
    }
    const comments = [...repository, 'issues', number, 'comments'];
    const { value } = await ask(client, comments, Comment, { method: 'POST', body: { body } });
    return { externalId: String(value.id) };
  },
  async getPullRequest(client, path, number) {
    return (await ask(client, ['repos', ...partsOf(path), 'pulls', number], PullRequestShape)).value;
  },
};
