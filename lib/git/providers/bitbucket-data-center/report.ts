import * as z from 'zod';
import { cutText } from '../cut-text';
import type { Annotation, CommitState, ProviderClient } from '../provider';
import { askInsights, partsOf } from './api';

/** Of a report and its annotations, in the API. */
const MOST_ANNOTATIONS = 1_000;
const LONGEST_TITLE = 450;
const LONGEST_TEXT = 2_000;

const KEY = 'com.ancient-elder.audit';
/** Only what is a result; one that says neither yes nor no goes without. */
const RESULTS = { passed: 'PASS', failed: 'FAIL', neutral: undefined } as const;
const SEVERITIES = { failure: 'HIGH', warning: 'MEDIUM', notice: 'LOW' } as const;

/** Code Insights of a pull request, in place of those that stood beside the commit before. */
export async function putReport(client: ProviderClient, path: string, state: CommitState): Promise<void> {
  if (state.pullRequest === null || state.state === 'pending' || state.state === 'running') return;
  const report = [...partsOf(path), 'commits', state.commitId, 'reports', KEY];
  const result = RESULTS[state.state];
  await askInsights(client, report, z.unknown(), {
    method: 'PUT',
    body: {
      title: cutText(state.name, LONGEST_TITLE),
      details: cutText(state.title, LONGEST_TEXT),
      reporter: cutText(state.name, LONGEST_TITLE),
      link: state.url,
      ...(result && { result }),
    },
  });
  const place = [...report, 'annotations'];
  await askInsights(client, place, z.unknown(), { method: 'DELETE' });
  const annotations = state.annotations.slice(0, MOST_ANNOTATIONS).map((one, at) => toAnnotation(one, at, state.url));
  if (annotations.length === 0) return;
  await askInsights(client, place, z.unknown(), { method: 'POST', body: { annotations } });
}

function toAnnotation({ path, startLine, level, title, message }: Annotation, at: number, link: string) {
  return {
    externalId: `${KEY}.${at + 1}`,
    type: 'CODE_SMELL',
    message: cutText(`${title}: ${message}`, LONGEST_TEXT),
    severity: SEVERITIES[level],
    path,
    line: startLine,
    link,
  };
}
