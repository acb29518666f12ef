import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import { cutText } from '../cut-text';
import type { AnswerApi, CommitState, ProviderClient } from '../provider';
import { ask, projectOf } from './api';
import { MergeRequestShape } from './shapes';

const LONGEST_DESCRIPTION = 255;
/** There is nothing in between: what could not be judged has not passed, and the sentence says what is missing. */
const STATES = {
  pending: 'pending',
  running: 'running',
  passed: 'success',
  failed: 'failed',
  neutral: 'canceled',
} as const;

const Note = z.object({ id: z.number().int() });

export const answers: AnswerApi = {
  async putCommitState(client, path, state) {
    try {
      const body = {
        state: STATES[state.state],
        name: state.name,
        description: cutText(state.title, LONGEST_DESCRIPTION),
        target_url: state.url,
      };
      const statuses = [...projectOf(path), 'statuses', state.commitId];
      await ask(client, statuses, z.unknown(), { method: 'POST', body });
    } catch (error) {
      // GitLab refuses a state that is shown already.
      const isRefused = isAppError(error) && error.code === 'provider_refused';
      if (!isRefused || !(await isShown(client, path, state))) throw error;
    }
    return { externalId: null };
  },
  async putComment(client, path, { number, externalId, body }) {
    const notes = [...projectOf(path), 'merge_requests', number, 'notes'];
    if (externalId !== null) {
      try {
        const { value } = await ask(client, [...notes, externalId], Note, { method: 'PUT', body: { body } });
        return { externalId: String(value.id) };
      } catch (error) {
        // Somebody deleted it.
        if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
      }
    }
    const { value } = await ask(client, notes, Note, { method: 'POST', body: { body } });
    return { externalId: String(value.id) };
  },
  async getPullRequest(client, path, number) {
    return (await ask(client, [...projectOf(path), 'merge_requests', number], MergeRequestShape)).value;
  },
};

async function isShown(client: ProviderClient, path: string, { commitId, name, state }: CommitState) {
  const shape = z.array(z.object({ name: z.string(), status: z.string() }));
  const statuses = [...projectOf(path), 'repository', 'commits', commitId, 'statuses'];
  const { value } = await ask(client, statuses, shape, { query: { name } });
  return value.some((one) => one.name === name && one.status === STATES[state]);
}
