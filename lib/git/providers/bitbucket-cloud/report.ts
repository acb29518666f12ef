import * as z from 'zod';
import { cutText } from '../cut-text';
import { inBatches } from '../in-batches';
import type { Annotation, CommitState, ProviderClient } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';

/** Of a report and its annotations, in the API. */
const MOST_ANNOTATIONS = 1_000;
const ANNOTATIONS_A_REQUEST = 100;
const LONGEST_TITLE = 450;
const LONGEST_TEXT = 2_000;

const KEY = 'ancient-elder';
/** Only what is a result; one that says neither yes nor no goes without. */
const RESULTS = { passed: 'PASSED', failed: 'FAILED', neutral: undefined } as const;
const SEVERITIES = { failure: 'HIGH', warning: 'MEDIUM', notice: 'LOW' } as const;

/** Notes on lines of a pull request, in place of those that stood beside the commit before. */
export async function putReport(client: ProviderClient, path: string, state: CommitState): Promise<void> {
  if (state.pullRequest === null || state.state === 'pending' || state.state === 'running') return;
  const report = ['repositories', ...partsOf(path), 'commit', state.commitId, 'reports', KEY];
  await unlessGone(() => ask(client, report, z.unknown(), { method: 'DELETE' }));
  const result = RESULTS[state.state];
  await ask(client, report, z.unknown(), {
    method: 'PUT',
    body: {
      title: cutText(state.name, LONGEST_TITLE),
      details: cutText(state.title, LONGEST_TEXT),
      reporter: state.name,
      report_type: 'BUG',
      link: state.url,
      ...(result && { result }),
    },
  });
  const annotations = state.annotations.slice(0, MOST_ANNOTATIONS).map((one, at) => toAnnotation(one, at, state.url));
  for (const batch of inBatches(annotations, ANNOTATIONS_A_REQUEST)) {
    await ask(client, [...report, 'annotations'], z.unknown(), { method: 'POST', body: batch });
  }
}

function toAnnotation({ path, startLine, level, title, message }: Annotation, at: number, link: string) {
  return {
    external_id: `${KEY}-${at + 1}`,
    annotation_type: 'CODE_SMELL',
    summary: cutText(title, LONGEST_TITLE),
    details: cutText(message, LONGEST_TEXT),
    severity: SEVERITIES[level],
    path,
    line: startLine,
    link,
  };
}
