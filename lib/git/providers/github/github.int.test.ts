import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { asToken, clientOf } from '@/tests/support/providers/client-of';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import type { CommitState, ProviderClient } from '../provider';
import { github } from '.';
import { apiUrl } from './api';
import {
  convertManifest,
  createInstallationToken,
  getInstallation,
  manifestAddress,
  redeliverMissedOfApp,
} from './app';

const closers: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of closers.splice(0)) await one[Symbol.asyncDispose]();
});

async function start(): Promise<{ host: FakeGitHub; client: ProviderClient }> {
  const host = await startFakeGitHub();
  host.organisations.acme = ['octocat'];
  host.addToken('ghp_one');
  const client = clientOf(host.url, asToken('ghp_one'));
  closers.push(client, host);
  return { host, client };
}

const STATE: CommitState = {
  commitId: 'c'.repeat(40),
  pullRequest: null,
  externalId: null,
  name: 'Ancient Elder',
  state: 'failed',
  title: 'The gate failed',
  summary: 'Two findings are new.',
  url: 'https://elder.example.com/audits/1',
  annotations: [],
  startedAt: null,
  endedAt: new Date('2026-11-01T00:00:00Z'),
};

/** An App of the host, installed, with a client that asks as its installation. */
async function install(host: FakeGitHub, client: ProviderClient, name = 'Elder of Acme') {
  const setup = { name, setup_url: 'https://elder.example.com/setup' };
  const redirect_url = 'https://elder.example.com/callback';
  const form = new URLSearchParams({ manifest: JSON.stringify({ ...setup, redirect_url }) });
  const page = await (await fetch(manifestAddress(host.url, 'acme', 'state'), { method: 'POST', body: form })).text();
  const code = /code=(?<code>[\da-f]+)/.exec(page)?.groups?.code ?? '';
  const app = await convertManifest(client, code);
  await fetch(`${host.url}/github-apps/${app.slug}/installations/new?state=s`);
  const installation = host.installations.at(-1);
  if (!installation) throw new Error('nothing was installed');
  const { token } = await createInstallationToken(client, app, String(installation.id));
  const installed = clientOf(host.url, { kind: 'installation', token });
  closers.unshift(installed);
  return { app, code, installation, installed };
}

test.each([
  ['https://github.com', 'https://api.github.com'],
  ['https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ['https://git.acme.example/code', 'https://git.acme.example/code/api/v3'],
])('the API of %s is at %s', (baseUrl, url) => {
  expect(apiUrl(baseUrl)).toBe(url);
});

describe('repositories', () => {
  test('are found at their new path, for reading and for writing', async () => {
    const { host, client } = await start();
    host.addRepository('acme/old', { isPrivate: true });
    host.rename('acme/old', 'acme/new');

    const told = await github.repositories.get(client, 'acme/old');
    await github.answers.putCommitState(client, 'acme/old', STATE);

    expect(told.path).toBe('acme/new');
    expect(host.repositories[0]?.statuses).toHaveLength(1);
  });

  test('come page by page', async () => {
    const { host, client } = await start();
    for (let at = 0; at < 230; at++) host.addRepository(`acme/r${at}`);

    const paths: string[] = [];
    let cursor: string | null = '1';
    while (cursor) {
      const page = await github.repositories.list(client, 'acme', { cursor });
      paths.push(...page.items.map(({ path }) => path));
      cursor = page.nextCursor;
    }

    expect(new Set(paths).size).toBe(230);
    await expect(github.repositories.list(client, 'acme', { cursor: '../../x' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('of a person are listed with the private ones, page by page', async () => {
    const { host, client } = await start();
    for (let at = 0; at < 101; at++) host.addRepository(`octocat/r${at}`, { isPrivate: true });

    const first = await github.repositories.list(client, 'octocat', {});
    const second = await github.repositories.list(client, 'octocat', { cursor: first.nextCursor ?? '' });

    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([100, 1, null]);
  });

  test('without a commit have no default branch', async () => {
    const { host, client } = await start();
    host.addRepository('acme/empty');

    expect(await github.repositories.get(client, 'acme/empty')).toMatchObject({ defaultBranch: null });
  });

  test.each(['acme', 'acme/a/b', 'acme/..', '../acme', 'acme/a?b', 'acme/a b'])(
    'are not asked for by what names none: %s',
    async (path) => {
      const { host, client } = await start();

      await expect(github.repositories.get(client, path)).rejects.toMatchObject({ code: 'provider_not_found' });
      expect(host.requests).toEqual([]);
    },
  );

  test('that answer in another shape are no reason to go on', async () => {
    const { host, client } = await start();
    host.answerNext(/repos\/acme\/shop/, { body: { id: 'one', full_name: ['x'] } }, 9);

    await expect(github.repositories.get(client, 'acme/shop')).rejects.toMatchObject({ code: 'provider_unavailable' });
  });
});

test('a token tells its scopes and when it ends', async () => {
  const { host } = await start();
  host.addToken('ghp_two', { scopes: ['repo', 'read:org'], expiresAt: '2027-01-02 03:04:05 UTC' });
  const client = clientOf(host.url, asToken('ghp_two'));
  closers.unshift(client);

  expect(await github.repositories.whoAmI(client)).toEqual({
    login: 'octocat',
    scopes: ['repo', 'read:org'],
    expiresAt: new Date('2027-01-02T03:04:05Z'),
  });
  // Unchanged answers are kept, and tell the same.
  expect((await github.repositories.whoAmI(client)).expiresAt).not.toBeNull();
});

describe('answers', () => {
  test('of a token are commit statuses, cut to what GitHub takes', async () => {
    const { host, client } = await start();
    host.addRepository('acme/shop');

    await github.answers.putCommitState(client, 'acme/shop', { ...STATE, title: 'x'.repeat(300) });
    await github.answers.putCommitState(client, 'acme/shop', { ...STATE, state: 'neutral' });

    const [first, second] = host.repositories[0]?.statuses ?? [];
    expect(first).toMatchObject({ state: 'failure', context: 'Ancient Elder', target_url: STATE.url });
    expect(String(first?.description)).toHaveLength(140);
    expect(second).toMatchObject({ state: 'error', description: STATE.title });
  });

  test('of an App are checks, whose annotations come in batches and say how many are left out', async () => {
    const { host, client } = await start();
    const { installed } = await install(host, client);
    host.addRepository('acme/shop', { isPrivate: true });
    const annotations = Array.from({ length: 230 }, (_, line) => ({
      ...{ path: 'src/a.ts', startLine: line + 1, endLine: line + 1, level: 'warning' as const },
      ...{ title: 'Title', message: 'Message' },
    }));

    const running = await github.answers.putCommitState(installed, 'acme/shop', { ...STATE, state: 'running' });
    const ended = await github.answers.putCommitState(installed, 'acme/shop', { ...STATE, ...running, annotations });
    const neutral = await github.answers.putCommitState(installed, 'acme/shop', { ...STATE, state: 'neutral' });

    const [check, other] = host.repositories[0]?.checks ?? [];
    expect(ended).toEqual(running);
    expect(neutral).not.toEqual(running);
    expect(check?.annotations).toHaveLength(200);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check?.output).toMatchObject({ summary: expect.stringContaining('+30 more') });
    expect(other).toMatchObject({ conclusion: 'neutral' });
  });

  test('keep one comment, and make it anew where somebody deleted it', async () => {
    const { host, client } = await start();
    const repository = host.addRepository('acme/shop');

    const made = await github.answers.putComment(client, 'acme/shop', { number: 3, externalId: null, body: 'one' });
    const changed = await github.answers.putComment(client, 'acme/shop', { number: 3, ...made, body: 'two' });
    repository.comments.length = 0;
    const anew = await github.answers.putComment(client, 'acme/shop', { number: 3, ...made, body: 'three' });

    expect(changed).toEqual(made);
    expect(anew).not.toEqual(made);
    expect(repository.comments.map(({ body }) => body)).toEqual(['three']);
  });
});

describe('an App', () => {
  test('is made from its manifest once, and reads what its installation may', async () => {
    const { host, client } = await start();
    const { app, code, installation, installed } = await install(host, client);
    host.addRepository('acme/shop', { isPrivate: true });
    host.addRepository('other/secret', { isPrivate: true });

    const { items } = await github.repositories.list(installed, 'acme', {});

    expect(items.map(({ path }) => path)).toEqual(['acme/shop']);
    expect(await github.repositories.listOwners(installed, {})).toMatchObject({
      items: [{ path: 'acme', kind: 'organisation' }],
    });
    expect(await getInstallation(client, app, String(installation.id))).toMatchObject({ account: 'acme' });
    await expect(convertManifest(client, code)).rejects.toMatchObject({ code: 'provider_not_found' });
    await expect(github.repositories.get(installed, 'other/secret')).rejects.toMatchObject({
      code: 'provider_not_found',
    });
  });

  test('is known by its key alone', async () => {
    const { host, client } = await start();
    const { app, installation } = await install(host, client);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = { ...app, privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() };

    await expect(getInstallation(client, forged, String(installation.id))).rejects.toMatchObject({
      code: 'provider_unauthorized',
    });
  });

  test('does not take the installation of another App for its own', async () => {
    const { host, client } = await start();
    const [one, other] = [await install(host, client), await install(host, client, 'Another')];

    await expect(getInstallation(client, one.app, String(other.installation.id))).rejects.toMatchObject({
      code: 'provider_not_found',
    });
  });

  test('has sent again what nobody answered of its own webhook', async () => {
    const { host, client } = await start();
    const { app } = await install(host, client);
    const attempts = host.apps.at(-1)?.attempts ?? [];
    const attempt = { delivered_at: new Date().toISOString(), redelivery: false };
    attempts.push(
      { ...attempt, id: 1, guid: 'lost', status_code: 503 },
      { ...attempt, id: 2, guid: 'came', status_code: 202 },
    );
    const anHourAgo = new Date(Date.now() - 3_600_000);

    expect(await redeliverMissedOfApp(client, app, anHourAgo)).toBe(1);

    expect(attempts.at(-1)).toMatchObject({ guid: 'lost', redelivery: true });
    expect(await redeliverMissedOfApp(client, app, anHourAgo)).toBe(0);
  });

  test('that is suspended gets no token', async () => {
    const { host, client } = await start();
    const { app, installation } = await install(host, client);
    installation.isSuspended = true;

    await expect(createInstallationToken(client, app, String(installation.id))).rejects.toMatchObject({
      code: 'provider_suspended',
    });
    expect(await getInstallation(client, app, String(installation.id))).toMatchObject({ isSuspended: true });
  });
});

test('a spent limit is told with the time it ends', async () => {
  const { host, client } = await start();
  host.addRepository('acme/shop');
  host.remaining = 0;

  await expect(github.repositories.get(client, 'acme/shop')).rejects.toMatchObject({
    code: 'provider_rate_limited',
    details: { retryAt: expect.any(String) },
  });
});

test('nothing that is asked for carries the token in its address', async () => {
  const { host, client } = await start();
  host.addRepository('acme/shop');

  await github.repositories.get(client, 'acme/shop');

  expect(host.requests.map(({ path }) => path).join()).not.toContain('ghp_one');
  expect(host.requests[0]?.authorization).toBe('Bearer ghp_one');
});
