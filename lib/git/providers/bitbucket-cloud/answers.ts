import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { cutText } from '../cut-text';
import type { AnswerApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { unlessRefused } from '../unless-refused';
import { ask, partsOf } from './api';
import { findFullCommit, withFullCommit } from './full-commit';
import { putReport } from './report';
import { PullRequestShape } from './shapes';

const LONGEST_KEY = 40;
const LONGEST_TEXT = 255;
/** There is nothing in between: what was stopped is neither a success nor a failure. */
const STATES = {
  pending: 'INPROGRESS',
  running: 'INPROGRESS',
  passed: 'SUCCESSFUL',
  failed: 'FAILED',
  neutral: 'STOPPED',
} as const;

const Comment = z.object({ id: z.number().int() });

export const answers: AnswerApi = {
  async putCommitState(client, path, begun) {
    // Until its audit reads it, a commit is known by the beginning that a delivery told.
    const commitId = (await findFullCommit(client, path, begun.commitId)) ?? begun.commitId;
    const state = { ...begun, commitId };
    const build = ['repositories', ...partsOf(path), 'commit', state.commitId, 'statuses', 'build'];
    await ask(client, build, z.unknown(), {
      method: 'POST',
      body: {
        key: buildKey(state.name),
        state: STATES[state.state],
        name: cutText(state.name, LONGEST_TEXT),
        description: cutText(state.title, LONGEST_TEXT),
        url: state.url,
      },
    });
    await unlessRefused(() => putReport(client, path, state));
    return { externalId: null };
  },
  async putComment(client, path, { number, externalId, body }) {
    const comments = ['repositories', ...partsOf(path), 'pullrequests', number, 'comments'];
    const sent = { content: { raw: body } };
    if (externalId !== null) {
      const comment = [...comments, externalId];
      const changed = await unlessGone(() => ask(client, comment, Comment, { method: 'PUT', body: sent }));
      if (changed) return { externalId: String(changed.value.id) };
    }
    const { value } = await ask(client, comments, Comment, { method: 'POST', body: sent });
    return { externalId: String(value.id) };
  },
  async getPullRequest(client, path, number) {
    const { value } = await ask(client, ['repositories', ...partsOf(path), 'pullrequests', number], PullRequestShape);
    const facts = await withFullCommit(client, value);
    if (!facts) throw new AppError('provider_not_found', 'the commit of the pull request is gone');
    return facts;
  },
};

/** The same for the same name, so that a later state replaces the earlier one. */
export function buildKey(name: string): string {
  if (name.length <= LONGEST_KEY) return name;
  return createHash('sha256').update(name).digest('hex').slice(0, LONGEST_KEY);
}
