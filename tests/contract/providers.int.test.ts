import { describe, expect, test } from 'vitest';
import { azureDevops } from '@/lib/git/providers/azure-devops';
import { bitbucketCloud } from '@/lib/git/providers/bitbucket-cloud';
import { bitbucketDataCenter } from '@/lib/git/providers/bitbucket-data-center';
import { gitlab } from '@/lib/git/providers/gitlab';
import { PROVIDER_IDS } from '@/lib/git/providers/provider';
import { startFakeAzureDevops } from '@/tests/support/providers/fake-azure-devops';
import { startFakeBitbucketCloud } from '@/tests/support/providers/fake-bitbucket-cloud';
import { startFakeBitbucketDataCenter } from '@/tests/support/providers/fake-bitbucket-data-center';
import { startFakeGitLab } from '@/tests/support/providers/fake-gitlab';
import { all, contractCases } from './cases';
import { contractClient } from './client';
import { FAKES, setUpFake } from './fakes';
import { realHost } from './real-host';

test('every provider has a fake that it is held to', () => {
  expect(FAKES.map(({ provider }) => provider.id).sort()).toEqual([...PROVIDER_IDS].sort());
});

describe.each(FAKES)('a fake of $provider.id', (faked) => {
  const { provider } = faked;
  contractCases(provider, () => setUpFake(faked));

  test('that wants no more requests is left alone until it says', async () => {
    await using at = await setUpFake(faked);
    at.host.answerNext({ status: 429, headers: { 'retry-after': '120' }, body: { message: 'Rate limit exceeded' } });

    const first = provider.repositories.get(at.client, at.path);
    await expect(first).rejects.toMatchObject({
      code: 'provider_rate_limited',
      details: { retryAt: expect.any(String) },
    });
    const asked = at.host.requests().length;
    await expect(provider.repositories.get(at.client, at.path)).rejects.toMatchObject({
      code: 'provider_rate_limited',
    });

    expect(at.host.requests()).toHaveLength(asked);
  });

  test.each([
    ['a page', '<html>Maintenance</html>'],
    ['another shape', { hello: 'world', values: 7 }],
    ['a list of nulls', [null]],
  ])('that answers with %s is told as out of order', async (_, body) => {
    await using at = await setUpFake(faked);
    at.host.answerNext({ body });

    const read = provider.repositories.listBranches(at.client, at.path, {});

    await expect(read).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  test('that made a webhook and was not heard has it taken over, beside those of others', async () => {
    await using at = await setUpFake(faked);
    const { put, remove } = provider.webhooks;
    const hookOf = (name: string) => ({ url: `https://elder.example.com/hooks/${name}`, externalId: null });
    await put(at.client, at.path, { ...hookOf('other'), secret: 'other-secret' });
    const ofOne = at.held.hooks().length;

    at.host.cutNext('POST');
    const lost = put(at.client, at.path, { ...hookOf('ours'), secret: 'lost-secret' });
    await expect(lost).rejects.toMatchObject({ code: 'outgoing_unreachable' });
    expect(at.held.hooks().length).toBeGreaterThan(ofOne);
    const { externalId } = await put(at.client, at.path, { ...hookOf('ours'), secret: 'new-secret' });

    expect(at.held.hooks()).toHaveLength(2 * ofOne);
    expect(JSON.stringify(at.held.hooks())).toContain('new-secret');
    expect(JSON.stringify(at.held.hooks())).not.toContain('lost-secret');
    await remove(at.client, at.path, externalId);
    expect(JSON.stringify(at.held.hooks())).not.toContain('hooks/ours');
    expect(at.held.hooks()).toHaveLength(ofOne);
  });

  test('sends the credential in a header alone', async () => {
    await using at = await setUpFake(faked);

    await all((page) => provider.repositories.listBranches(at.client, at.path, page));

    for (const { address, authorization } of at.host.requests()) {
      expect(address).not.toContain(at.host.token);
      expect(authorization).toBeDefined();
    }
  });
});

test('an access token of a repository at Bitbucket Cloud belongs to nobody, and works', async () => {
  await using host = await startFakeBitbucketCloud();
  await using client = contractClient(host.url, { kind: 'token', token: host.token }, { isFake: true });

  expect(await bitbucketCloud.repositories.whoAmI(client)).toEqual({ login: '', scopes: null, expiresAt: null });
  expect(await bitbucketCloud.repositories.get(client, 'elders/castle')).toMatchObject({ isPrivate: true });
});

test('a stranger at Bitbucket Data Center is no account, though the host answers', async () => {
  await using host = await startFakeBitbucketDataCenter();
  await using client = contractClient(host.url, null, { isFake: true });

  await expect(bitbucketDataCenter.repositories.whoAmI(client)).rejects.toMatchObject({
    code: 'provider_unauthorized',
  });
});

test('the page to sign in at is no answer of Azure DevOps', async () => {
  await using host = await startFakeAzureDevops();
  await using client = contractClient(host.url, { kind: 'token', token: host.token }, { isFake: true });
  host.answerNext({ status: 203, body: '<html>Sign in</html>' });

  await expect(azureDevops.repositories.get(client, 'elders/The Castle/castle')).rejects.toMatchObject({
    code: 'provider_unauthorized',
  });
});

test('an expired token is told as one where the host says so', async () => {
  await using azure = await startFakeAzureDevops();
  await using gitLab = await startFakeGitLab();
  gitLab.addToken('glpat-old', { expiresAt: '2020-01-01' });
  await using atAzure = contractClient(azure.url, { kind: 'token', token: azure.expiredToken }, { isFake: true });
  await using atGitLab = contractClient(gitLab.url, { kind: 'token', token: 'glpat-old' }, { isFake: true });
  const code = 'provider_token_expired';

  await expect(azureDevops.repositories.whoAmI(atAzure)).rejects.toMatchObject({ code });
  await expect(gitlab.repositories.whoAmI(atGitLab)).rejects.toMatchObject({ code });
  azure.answerNext({
    status: 203,
    headers: { 'x-tfs-serviceerror': 'Access%20Denied%3A%20The%20Personal%20Access%20Token%20used%20has%20expired.' },
    body: '<html>Sign in</html>',
  });
  await expect(azureDevops.repositories.whoAmI(atAzure)).rejects.toMatchObject({ code });
});

test('a webhook of Azure DevOps is told of renamed and deleted repositories, too, also one from before', async () => {
  await using host = await startFakeAzureDevops();
  await using client = contractClient(host.url, { kind: 'token', token: host.token }, { isFake: true });
  const hook = { url: 'https://elder.example.com/hooks/1', secret: 'secret' };
  const { put, events } = azureDevops.webhooks;
  const { externalId } = await put(client, 'elders/The Castle/castle', { ...hook, externalId: null });
  const before = externalId.split(',').slice(0, 4);
  for (const id of externalId.split(',').slice(4)) host.held.hooks.delete(id);

  const changed = await put(client, 'elders/The Castle/castle', { ...hook, externalId: before.join(',') });

  expect(changed.externalId.split(',').slice(0, 4)).toEqual(before);
  const told = [...host.held.hooks.values()].map((one) => (one as { eventType: string }).eventType);
  expect(told).toEqual([...events]);
  expect(told).toEqual(expect.arrayContaining(['git.repo.renamed', 'git.repo.deleted']));
});

test('a link to the next page leads nowhere but to the address that was asked', async () => {
  await using host = await startFakeBitbucketCloud();
  await using client = contractClient(host.url, { kind: 'token', token: host.token }, { isFake: true });
  host.answerNext({ body: { values: [], next: 'https://evil.example.com/steal?page=2&pagelen=100' } });

  const { nextCursor } = await bitbucketCloud.repositories.listBranches(client, 'elders/castle', {});
  await bitbucketCloud.repositories.listBranches(client, 'elders/castle', { cursor: nextCursor ?? '' });

  expect(host.requests.map(({ path }) => path)).toEqual(
    Array(2).fill('/api/2.0/repositories/elders/castle/refs/branches'),
  );
});

test('a comment that was changed by others meanwhile is changed all the same', async () => {
  await using host = await startFakeBitbucketDataCenter();
  await using client = contractClient(host.url, { kind: 'token', token: host.token }, { isFake: true });
  const put = (body: string, externalId: string | null) =>
    bitbucketDataCenter.answers.putComment(client, 'ELD/castle', { number: 1, externalId, body });
  const { externalId } = await put('one', null);
  for (const comment of host.held.comments.values()) comment.version = 7;

  await put('two', externalId);

  expect([...host.held.comments.values()]).toEqual([{ text: 'two', number: 1, version: 8 }]);
});

test.each(FAKES.filter(({ provider }) => ['github', 'gitlab'].includes(provider.id)))(
  '$provider.id makes a webhook once for one address',
  async (faked) => {
    await using at = await setUpFake(faked);
    const request = { url: 'https://elder.example.com/hooks/contract', secret: 'contract secret', externalId: null };

    const first = await faked.provider.webhooks.put(at.client, at.path, request);
    const again = await faked.provider.webhooks.put(at.client, at.path, request);

    expect(again).toEqual(first);
    expect(at.held.hooks()).toHaveLength(1);
  },
);

for (const { provider } of FAKES) {
  const setUp = realHost(provider);
  if (setUp) describe(`a real ${provider.id}`, () => contractCases(provider, setUp));
}
