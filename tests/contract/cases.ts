import { expect, test } from 'vitest';
import type { CommitState, Page, PageOf, ProviderApi, ProviderClient } from '@/lib/git/providers/provider';

/** A repository at a host that the cases may write to: comments, states and webhooks. */
export interface ContractSetup extends AsyncDisposable {
  client: ProviderClient;
  path: string;
  owner: string;
  /** An open pull request. */
  pullRequest: number;
  range: { base: string; head: string };
  /** What a fake holds, to be looked at; null of a real host. */
  held: ContractHeld | null;
}

export interface ContractHeld {
  files: string[];
  mergeBase: string | null;
  branches: { name: string; commitId: string }[];
  range: ContractSetup['range'];
  openPullRequests: number;
  hooks: () => readonly unknown[];
  /** Their texts. */
  comments: () => string[];
  forgetComments: () => void;
  /** Of commits, as the host shows them now. */
  states: () => readonly unknown[];
}

const COMMIT = /^[0-9a-f]{40}$/;

/** What every Git host's module keeps, at a fake of the host and at a real one. */
export function contractCases(provider: ProviderApi, setUp: () => Promise<ContractSetup>): void {
  test('knows whose credential it is, and refuses a wrong one', async () => {
    await using at = await setUp();

    const account = await provider.repositories.whoAmI(at.client);
    expect(account.login).not.toBe('');

    const wrong = { ...at.client, credential: { kind: 'token' as const, token: 'wrong-token' } };
    await expect(provider.repositories.whoAmI(wrong)).rejects.toMatchObject({ code: 'provider_unauthorized' });
  });

  test('names no repository for an address that is of none', () => {
    expect(provider.repositoryPath({ path: 'castle', host: null })).toBeNull();
    expect(provider.repositoryPath({ path: '', host: null })).toBeNull();
  });

  test('tells a repository, and that there is none', async () => {
    await using at = await setUp();

    const repository = await provider.repositories.get(at.client, at.path);

    expect(repository).toMatchObject({ path: at.path, defaultBranch: expect.any(String), isFork: false });
    expect(repository.id).not.toBe('');
    expect(new URL(repository.cloneUrl)).toMatchObject({ username: '', password: '' });
    expect(URL.canParse(repository.webUrl)).toBe(true);
    await expect(provider.repositories.get(at.client, `${at.path}-none`)).rejects.toMatchObject({
      code: 'provider_not_found',
    });
    for (const odd of ['', 'a', `${at.path}/../../x`, '../..', 'a/..']) {
      await expect(provider.repositories.get(at.client, odd)).rejects.toMatchObject({ code: 'provider_not_found' });
    }
  });

  test('finds the repository among those of its owner', async () => {
    await using at = await setUp();
    const { listOwners, list } = provider.repositories;

    const owners = await all((page) => listOwners(at.client, page));
    const listed = await all((page) => list(at.client, at.owner, page));

    expect(owners.map(({ path }) => path)).toContain(at.owner);
    expect(listed.map(({ path }) => path)).toContain(at.path);
  });

  test('lists all branches once, page after page', async () => {
    await using at = await setUp();

    const branches = await all((page) => provider.repositories.listBranches(at.client, at.path, page));

    const { defaultBranch } = await provider.repositories.get(at.client, at.path);
    expect(branches.map(({ name }) => name)).toContain(defaultBranch);
    expect(branches.filter(({ commitId }) => !COMMIT.test(commitId))).toEqual([]);
    expect(new Set(branches.map(({ name }) => name)).size).toBe(branches.length);
    if (at.held) {
      const plain = branches.map(({ name, commitId }) => ({ name, commitId }));
      expect(plain).toEqual(expect.arrayContaining(at.held.branches));
      expect(plain).toHaveLength(at.held.branches.length);
    }
  });

  test('compares with where two commits parted', async () => {
    await using at = await setUp();

    const comparison = await provider.repositories.compare(at.client, at.path, at.range);

    expect(comparison.files.length).toBeGreaterThan(0);
    if (at.held) {
      expect([...comparison.files].sort()).toEqual([...at.held.files].sort());
      expect(comparison).toMatchObject({ isCut: false, mergeBaseId: at.held.mergeBase });
    }
  });

  test('lists who works on it', async () => {
    await using at = await setUp();

    const members = await all((page) => provider.repositories.listMembers(at.client, at.path, page));

    expect(members.filter(({ canPush }) => canPush).length).toBeGreaterThan(0);
    expect(members.filter(({ login }) => login === '')).toEqual([]);
  });

  test('lists open pull requests as it tells each of them', async () => {
    await using at = await setUp();

    const listed = await all((page) => provider.repositories.listOpenPullRequests(at.client, at.path, page));
    const one = await provider.answers.getPullRequest(at.client, at.path, at.pullRequest);

    expect(listed.find(({ number }) => number === at.pullRequest)).toEqual(one);
    expect(one).toMatchObject({ isOpen: true, headCommitId: expect.stringMatching(COMMIT) });
    expect(listed.filter((row) => !row.isOpen || !COMMIT.test(row.headCommitId))).toEqual([]);
    if (at.held) {
      expect(listed).toHaveLength(at.held.openPullRequests);
      expect(listed.filter(({ isFork }) => isFork)).toHaveLength(1);
      expect(listed.filter(({ isDraft }) => isDraft)).toHaveLength(1);
    }
    await expect(provider.answers.getPullRequest(at.client, at.path, 9_999_999)).rejects.toMatchObject({
      code: 'provider_not_found',
    });
  });

  test('sets up a webhook, changes it in its place, and takes it away', async () => {
    await using at = await setUp();
    const { put, remove } = provider.webhooks;
    const url = 'https://elder.example.com/hooks/1';

    const made = await put(at.client, at.path, { url, secret: 'first-secret', externalId: null });
    const changed = await put(at.client, at.path, { url, secret: 'second-secret', externalId: made.externalId });
    expect(changed).toEqual(made);
    if (at.held) {
      const kept = JSON.stringify(at.held.hooks());
      expect(kept).toContain('second-secret');
      expect(kept).not.toContain('first-secret');
    }

    await remove(at.client, at.path, made.externalId);
    await remove(at.client, at.path, made.externalId);
    if (at.held) expect(at.held.hooks()).toEqual([]);

    const anew = await put(at.client, at.path, { url, secret: 'third-secret', externalId: made.externalId });
    expect(anew.externalId).not.toBe(made.externalId);
    await remove(at.client, at.path, anew.externalId);
  });

  test('shows each state of an audit in place of the one before', async () => {
    await using at = await setUp();

    for (const state of ['pending', 'running', 'failed', 'failed', 'neutral', 'passed', 'passed'] as const) {
      await provider.answers.putCommitState(at.client, at.path, commitState(at.range.head, state));
    }

    if (at.held) {
      expect(at.held.states()).toHaveLength(1);
      expect(JSON.stringify(at.held.states())).toMatch(/succe/i);
    }
  });

  test('writes one comment, changes it, and writes a new one when somebody deleted it', async () => {
    await using at = await setUp();
    const put = (body: string, externalId: string | null) =>
      provider.answers.putComment(at.client, at.path, { number: at.pullRequest, externalId, body });

    const made = await put('Audit **failed**', null);
    const changed = await put('Audit **passed**', made.externalId);
    expect(changed).toEqual(made);
    if (!at.held) return;
    expect(at.held.comments()).toEqual(['Audit **passed**']);

    at.held.forgetComments();
    await put('Audit **passed** again', made.externalId);
    expect(at.held.comments()).toEqual(['Audit **passed** again']);
  });
}

export function commitState(commitId: string, state: CommitState['state']): CommitState {
  return {
    commitId,
    pullRequest: null,
    externalId: null,
    name: 'Ancient Elder: a name that is longer than forty characters',
    state,
    title: `The audit is ${state}. ${'It says more than hosts have room for. '.repeat(20)}`,
    summary: '',
    url: 'https://elder.example.com/audits/1',
    annotations: [],
    startedAt: null,
    endedAt: null,
  };
}

/** All items of all pages. */
export async function all<Item>(read: (page: PageOf) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read(cursor === null ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
