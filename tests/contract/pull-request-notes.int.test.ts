import { expect, test } from 'vitest';
import { azureDevops } from '@/lib/git/providers/azure-devops';
import { bitbucketCloud } from '@/lib/git/providers/bitbucket-cloud';
import { bitbucketDataCenter } from '@/lib/git/providers/bitbucket-data-center';
import type { Annotation, CommitState } from '@/lib/git/providers/provider';
import { startFakeAzureDevops } from '@/tests/support/providers/fake-azure-devops';
import { startFakeBitbucketCloud } from '@/tests/support/providers/fake-bitbucket-cloud';
import { startFakeBitbucketDataCenter } from '@/tests/support/providers/fake-bitbucket-data-center';
import type { FakeHost } from '@/tests/support/providers/hosted';
import { commitState } from './cases';
import { contractClient } from './client';

const HOSTS = [
  { provider: bitbucketCloud, start: startFakeBitbucketCloud, path: 'elders/castle', says: ['FAILED', 'PASSED'] },
  { provider: bitbucketDataCenter, start: startFakeBitbucketDataCenter, path: 'ELD/castle', says: ['FAIL', 'PASS'] },
] as const;

function annotations(count: number): Annotation[] {
  return Array.from({ length: count }, (_, at) => ({
    path: `src/ふ ${at}.ts`,
    ...{ startLine: at + 1, endLine: at + 3 },
    level: (['failure', 'warning', 'notice'] as const)[at % 3] ?? 'notice',
    ...{ title: 'No unfinished code '.repeat(60), message: 'It reports work as done that is not. '.repeat(200) },
  }));
}

function clientAt(host: FakeHost) {
  const { token, username } = host;
  return contractClient(host.url, { kind: 'token', token, ...(username && { username }) }, { isFake: true });
}

const stateOf = (host: FakeHost, state: CommitState['state'], more: Partial<CommitState> = {}): CommitState => ({
  ...commitState(host.held.head, state),
  pullRequest: 1,
  ...more,
});

test.each(HOSTS)('$provider.id: notes on lines are a report, which the next result takes the place of', async (one) => {
  const { provider, path, says } = one;
  await using host = await one.start();
  await using client = clientAt(host);
  const put = (state: CommitState) => provider.answers.putCommitState(client, path, state);

  await put(stateOf(host, 'running'));
  const whileRunning = host.held.reports.size;
  await put(stateOf(host, 'failed', { annotations: annotations(1_203) }));
  const [failed] = [...host.held.reports.values()].map((kept) => structuredClone(kept));
  await put(stateOf(host, 'passed', { annotations: annotations(2) }));
  const [passed] = [...host.held.reports.values()].map((kept) => structuredClone(kept));
  await put(stateOf(host, 'neutral'));
  const [neutral] = host.held.reports.values();

  expect(whileRunning).toBe(0);
  expect(failed?.report).toMatchObject({ result: says[0], link: 'https://elder.example.com/audits/1' });
  expect(failed?.annotations).toHaveLength(1_000);
  expect(failed?.annotations[1]).toMatchObject({ path: 'src/ふ 1.ts', line: 2, severity: 'MEDIUM' });
  expect(passed?.report).toMatchObject({ result: says[1] });
  expect(passed?.annotations).toHaveLength(2);
  expect(neutral?.report).not.toHaveProperty('result');
  expect(neutral?.annotations).toEqual([]);
  expect(host.held.reports.size).toBe(1);
});

test.each(HOSTS)('$provider.id: a push has a build and no report', async ({ provider, path, start }) => {
  await using host = await start();
  await using client = clientAt(host);

  await provider.answers.putCommitState(client, path, stateOf(host, 'failed', { pullRequest: null }));

  expect(host.held.states.size).toBe(1);
  expect(host.held.reports.size).toBe(0);
});

test.each(HOSTS)('$provider.id: a token that may write no report still shows the build', async (one) => {
  await using host = await one.start();
  await using client = clientAt(host);
  const refusing = {
    ...client,
    fetch: (async (url, request) => {
      if (String(url).includes('/reports/'))
        host.answerNext({ status: 403, body: { message: 'You are not permitted' } });
      return client.fetch(url, request);
    }) satisfies typeof client.fetch as typeof client.fetch,
  };

  await one.provider.answers.putCommitState(refusing, one.path, stateOf(host, 'failed'));

  expect(host.held.states.size).toBe(1);
  expect(host.held.reports.size).toBe(0);
});

const CASTLE = 'elders/The Castle/castle';

test('Azure DevOps: the state stands on the iteration of the pull request, beside the commit', async () => {
  await using host = await startFakeAzureDevops();
  await using client = clientAt(host);
  const put = (state: CommitState) => azureDevops.answers.putCommitState(client, CASTLE, state);

  for (const state of ['running', 'failed'] as const) await put(stateOf(host, state));

  const context = { genre: 'ancient-elder', name: commitState('', 'failed').name };
  expect([...host.held.states.values()]).toMatchObject([{ state: 'failed', context }]);
  expect([...host.held.reports.values()].map(({ report }) => report)).toMatchObject([
    { state: 'failed', iterationId: 2, context, targetUrl: 'https://elder.example.com/audits/1' },
  ]);
});

test('Azure DevOps: a commit that is no iteration’s newest, or of no pull request, has a state of its own alone', async () => {
  await using host = await startFakeAzureDevops();
  await using client = clientAt(host);
  const put = (state: CommitState) => azureDevops.answers.putCommitState(client, CASTLE, state);

  await put(stateOf(host, 'passed', { pullRequest: null }));
  await put(stateOf(host, 'passed', { pullRequest: 2 }));
  await put(stateOf(host, 'passed', { pullRequest: 9_999 }));

  expect(host.held.states.size).toBe(1);
  expect(host.held.reports.size).toBe(0);
});
