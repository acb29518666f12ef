import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import { cutText } from '../cut-text';
import { inBatches } from '../in-batches';
import type { Annotation, AnswerApi, CommitState, ProviderClient } from '../provider';
import { ask, partsOf, write } from './api';
import { PullRequestShape } from './shapes';

/** Limits of the Checks API. */
const ANNOTATIONS_A_REQUEST = 50;
const LONGEST_SUMMARY = 65_000;
const LONGEST_MESSAGE = 16_000;
const LONGEST_TITLE = 255;
/** Of ours: nobody reads more, and each fifty cost a request. */
const MOST_ANNOTATIONS = 200;
const LONGEST_DESCRIPTION = 140;

const CONCLUSIONS = { passed: 'success', failed: 'failure', neutral: 'neutral' } as const;
const CHECK_STATUS = { pending: 'queued', running: 'in_progress' } as const;
/** Statuses know nothing in between: what could not be judged has not passed, and the sentence says what is missing. */
const COMMIT_STATES = {
  pending: 'pending',
  running: 'pending',
  passed: 'success',
  failed: 'failure',
  neutral: 'error',
} as const;

const Created = z.object({ id: z.number().int() });

export const answers: AnswerApi = {
  putCommitState: (client, path, state) =>
    write(client, path, (parts) =>
      client.credential?.kind === 'installation' ? putCheck(client, parts, state) : putStatus(client, parts, state),
    ),
  putComment: (client, path, { number, externalId, body }) =>
    write(client, path, async (parts) => {
      if (externalId !== null) {
        try {
          const comment = ['repos', ...parts, 'issues', 'comments', externalId];
          const { value } = await ask(client, comment, Created, { method: 'PATCH', body: { body } });
          return { externalId: String(value.id) };
        } catch (error) {
          // Somebody deleted it.
          if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
        }
      }
      const comments = ['repos', ...parts, 'issues', number, 'comments'];
      const { value } = await ask(client, comments, Created, { method: 'POST', body: { body } });
      return { externalId: String(value.id) };
    }),
  async getPullRequest(client, path, number) {
    return (await ask(client, ['repos', ...partsOf(path), 'pulls', number], PullRequestShape)).value;
  },
};

async function putStatus(
  client: ProviderClient,
  parts: [string, string],
  state: CommitState,
): Promise<{ externalId: string | null }> {
  await ask(client, ['repos', ...parts, 'statuses', state.commitId], z.unknown(), {
    method: 'POST',
    body: {
      state: COMMIT_STATES[state.state],
      context: state.name,
      description: cutText(state.title, LONGEST_DESCRIPTION),
      target_url: state.url,
    },
  });
  return { externalId: null };
}

async function putCheck(
  client: ProviderClient,
  parts: [string, string],
  state: CommitState,
): Promise<{ externalId: string | null }> {
  const shown = state.annotations.slice(0, MOST_ANNOTATIONS);
  const batches = inBatches(shown.map(toAnnotation), ANNOTATIONS_A_REQUEST);
  const output = {
    title: cutText(state.title, LONGEST_TITLE),
    summary: summaryOf(state, state.annotations.length - shown.length),
  };
  const body = (annotations: readonly object[]) => ({
    name: state.name,
    details_url: state.url,
    ...(state.startedAt && { started_at: state.startedAt.toISOString() }),
    ...standing(state),
    output: { ...output, ...(annotations.length > 0 && { annotations }) },
  });
  const runs = ['repos', ...parts, 'check-runs'];
  const create = async () => {
    const sent = { ...body(batches[0] ?? []), head_sha: state.commitId };
    return (await ask(client, runs, Created, { method: 'POST', body: sent })).value.id;
  };
  const update = (id: number | string, annotations: readonly object[]) =>
    ask(client, [...runs, id], Created, { method: 'PATCH', body: body(annotations) });
  let id: number | string;
  if (state.externalId === null) id = await create();
  else {
    id = state.externalId;
    await update(id, batches[0] ?? []);
  }
  for (const batch of batches.slice(1)) await update(id, batch);
  return { externalId: String(id) };
}

function standing({ state, endedAt }: CommitState) {
  if (state === 'pending' || state === 'running') return { status: CHECK_STATUS[state] };
  const completed = { status: 'completed', conclusion: CONCLUSIONS[state] };
  return { ...completed, ...(endedAt && { completed_at: endedAt.toISOString() }) };
}

function summaryOf({ summary }: CommitState, left: number): string {
  const more = left > 0 ? `\n\n+${left} more` : '';
  return `${cutText(summary, LONGEST_SUMMARY - more.length)}${more}`;
}

function toAnnotation({ path, startLine, endLine, level, title, message }: Annotation) {
  return {
    path,
    start_line: startLine,
    end_line: Math.max(startLine, endLine),
    annotation_level: level,
    title: cutText(title, LONGEST_TITLE),
    message: cutText(message, LONGEST_MESSAGE),
  };
}
