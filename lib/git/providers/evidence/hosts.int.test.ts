import { expect, test } from 'vitest';
import type { BranchProtectionFact, HostPart } from '@/lib/magics/facts/provider';
import { clientOf } from '@/tests/support/providers/client-of';
import { startFakeAzureDevops } from '@/tests/support/providers/fake-azure-devops';
import { startFakeBitbucketCloud } from '@/tests/support/providers/fake-bitbucket-cloud';
import { startFakeBitbucketDataCenter } from '@/tests/support/providers/fake-bitbucket-data-center';
import { startFakeGitea } from '@/tests/support/providers/fake-gitea';
import { type FakeHost, REVIEWED } from '@/tests/support/providers/hosted';
import { azureDevops } from '../azure-devops';
import { bitbucketCloud } from '../bitbucket-cloud';
import { bitbucketDataCenter } from '../bitbucket-data-center';
import { gitea } from '../gitea';
import type { ProviderApi } from '../provider';
import { collectEvidence } from './collect-evidence';

const SINCE = Date.UTC(2026, 0, 1) / 1000;
const seconds = (time: string) => Date.parse(time) / 1000;

interface Asked {
  provider: ProviderApi;
  start: () => Promise<FakeHost>;
  path: string;
  protection: Partial<BranchProtectionFact>;
  /** Of a merged pull request. */
  merged: { mergeCommitId: string | null; changedLines: number | null };
  untold: HostPart[];
  calls: number;
}

const HOSTS: Asked[] = [
  {
    ...{ provider: gitea, start: startFakeGitea, path: 'elders/castle' },
    protection: { allowsForcePush: false, requiredApprovals: 1, dismissesStaleApprovals: true, requiredChecks: ['ci'] },
    merged: { mergeCommitId: REVIEWED.mergeCommitId, changedLines: 11 },
    untold: ['checks'],
    calls: 10,
  },
  {
    ...{ provider: bitbucketCloud, start: startFakeBitbucketCloud, path: 'elders/castle' },
    protection: { allowsForcePush: false, allowsDeletion: false, requiredApprovals: 2, requiredChecks: [] },
    merged: { mergeCommitId: null, changedLines: null },
    untold: ['issues', 'checks'],
    calls: 6,
  },
  {
    ...{ provider: bitbucketDataCenter, start: startFakeBitbucketDataCenter, path: 'ELD/castle' },
    protection: { allowsForcePush: false, allowsDeletion: true, requiredApprovals: 2, isEnforcedForAdmins: true },
    merged: { mergeCommitId: REVIEWED.mergeCommitId, changedLines: null },
    untold: ['issues', 'checks'],
    calls: 6,
  },
  {
    ...{ provider: azureDevops, start: startFakeAzureDevops, path: 'elders/The Castle/castle' },
    protection: { allowsForcePush: null, requiredApprovals: 2, needsOwnerReview: false, requiredChecks: ['ci'] },
    merged: { mergeCommitId: REVIEWED.mergeCommitId, changedLines: null },
    untold: ['issues', 'checks'],
    calls: 6,
  },
];

async function evidenceOf({ provider, start, path }: Asked, prepare: (host: FakeHost) => void = () => {}) {
  await using host = await start();
  const { token, username } = host;
  prepare(host);
  await using client = clientOf(host.url, { kind: 'token', token, ...(username && { username }) });
  const question = { path, branch: 'main', commitId: host.held.base, since: SINCE };
  const signal = AbortSignal.timeout(20_000);
  const fact = await collectEvidence(provider.evidence, client, question, { signal, onGap: () => {} });
  return { fact, calls: host.requests.length };
}

test.each(HOSTS)('$provider.id tells what its API tells, and says what it has none for', async (asked) => {
  const { fact, calls } = await evidenceOf(asked);

  expect(fact.protection).toMatchObject(asked.protection);
  expect(Object.entries(fact.missing)).toEqual(
    asked.untold.map((part) => [part, { reason: 'host-untold', needed: '' }]),
  );
  expect(fact.pullRequests.find(({ mergedAt }) => mergedAt !== null)).toMatchObject({
    number: 6,
    openedAt: seconds(REVIEWED.openedAt),
    mergedAt: seconds(REVIEWED.mergedAt),
    approvedBy: [REVIEWED.approvedBy],
    changesRequestedBy: [REVIEWED.rejectedBy],
    ...asked.merged,
  });
  expect(calls).toBe(asked.calls);
});

test('an open issue at Gitea was looked at when it has a label or an answer of anybody', async () => {
  const [asked] = HOSTS;
  const { fact } = await evidenceOf(asked as Asked);

  expect(fact.issues.slice(0, 3).map(({ number, triagedAt }) => [number, triagedAt])).toEqual([
    [1_230, seconds(REVIEWED.mergedAt)],
    [1_229, seconds(REVIEWED.mergedAt)],
    [1_228, null],
  ]);
  expect([fact.issues.length, fact.cut]).toEqual([200, ['pullRequests', 'issues']]);
});

test.each(HOSTS)('$provider.id that answers in another shape says nothing of protection', async (asked) => {
  const { fact } = await evidenceOf(asked, (host) =>
    host.answerNext({ body: { values: 7, value: null, protected: 'yes' } }),
  );

  expect(fact.missing.protection).toEqual({ reason: 'host-down', needed: '' });
  expect(fact.protection).toBeNull();
});
