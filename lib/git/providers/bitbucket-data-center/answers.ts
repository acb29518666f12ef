import * as z from 'zod';
import { cutText } from '../cut-text';
import type { AnswerApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { unlessRefused } from '../unless-refused';
import { ask, partsOf } from './api';
import { putReport } from './report';
import { PullRequestShape } from './shapes';

const LONGEST_TEXT = 255;
const STATES = {
  pending: 'INPROGRESS',
  running: 'INPROGRESS',
  passed: 'SUCCESSFUL',
  failed: 'FAILED',
  neutral: 'UNKNOWN',
} as const;

/** The host takes a change only of the version it has. */
const Comment = z.object({ id: z.number().int(), version: z.number().int() });

export const answers: AnswerApi = {
  async putCommitState(client, path, state) {
    const builds = [...partsOf(path), 'commits', state.commitId, 'builds'];
    await ask(client, builds, z.unknown(), {
      method: 'POST',
      body: {
        key: cutText(state.name, LONGEST_TEXT),
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
    const comments = [...partsOf(path), 'pull-requests', number, 'comments'];
    if (externalId !== null) {
      const comment = [...comments, externalId];
      const changed = await unlessGone(async () => {
        const { value } = await ask(client, comment, Comment);
        return ask(client, comment, Comment, { method: 'PUT', body: { text: body, version: value.version } });
      });
      if (changed) return { externalId: String(changed.value.id) };
    }
    const { value } = await ask(client, comments, Comment, { method: 'POST', body: { text: body } });
    return { externalId: String(value.id) };
  },
  async getPullRequest(client, path, number) {
    return (await ask(client, [...partsOf(path), 'pull-requests', number], PullRequestShape)).value;
  },
};
