import { azureDevops } from '@/lib/git/providers/azure-devops';
import { bitbucketCloud } from '@/lib/git/providers/bitbucket-cloud';
import { bitbucketDataCenter } from '@/lib/git/providers/bitbucket-data-center';
import { gitea } from '@/lib/git/providers/gitea';
import { github } from '@/lib/git/providers/github';
import { gitlab } from '@/lib/git/providers/gitlab';
import type { ProviderApi } from '@/lib/git/providers/provider';
import { startFakeAzureDevops } from '@/tests/support/providers/fake-azure-devops';
import { startFakeBitbucketCloud } from '@/tests/support/providers/fake-bitbucket-cloud';
import { startFakeBitbucketDataCenter } from '@/tests/support/providers/fake-bitbucket-data-center';
import { startFakeGitea } from '@/tests/support/providers/fake-gitea';
import { startFakeGitHub } from '@/tests/support/providers/fake-github';
import { startFakeGitLab } from '@/tests/support/providers/fake-gitlab';
import { type FakeHost, type Hosted, hosted, TOKEN } from '@/tests/support/providers/hosted';
import type { ContractHeld, ContractSetup } from './cases';
import { contractClient } from './client';

/** A fake of a host, and what the cases that only a fake can play need of it. */
export interface FakedHost extends AsyncDisposable {
  url: string;
  token: string;
  username?: string;
  path: string;
  held: ContractHeld;
  /** The next request is answered so, whatever it asks. */
  answerNext: (answered: { status?: number; headers?: Record<string, string>; body: unknown }) => void;
  /** The next request of this method is carried out, and its answer never arrives. */
  cutNext: (method: string) => void;
  /** Address with its query, and the header, of each request so far. */
  requests: () => { address: string; authorization: string | undefined }[];
}

export interface Faked {
  provider: ProviderApi;
  start: () => Promise<FakedHost>;
}

/** Every provider there is: a module without its line fails the first test. */
export const FAKES: readonly Faked[] = [
  { provider: github, start: fakeGitHub },
  { provider: gitlab, start: fakeGitLab },
  { provider: gitea, start: () => plain(startFakeGitea, 'elders/castle', { tellsMergeBase: false }) },
  { provider: bitbucketCloud, start: () => plain(startFakeBitbucketCloud, 'elders/castle') },
  { provider: bitbucketDataCenter, start: () => plain(startFakeBitbucketDataCenter, 'ELD/castle') },
  { provider: azureDevops, start: () => plain(startFakeAzureDevops, 'elders/The Castle/castle') },
];

/** The fake as the cases ask it. */
export async function setUpFake({ start }: Faked): Promise<ContractSetup & { host: FakedHost; held: ContractHeld }> {
  const host = await start();
  const { token, username, path, held } = host;
  const client = contractClient(host.url, { kind: 'token', token, ...(username && { username }) }, { isFake: true });
  return {
    host,
    client,
    path,
    owner: path.split('/').slice(0, -1).join('/'),
    pullRequest: 1,
    range: held.range,
    held,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
}

async function plain(
  start: () => Promise<FakeHost>,
  path: string,
  { tellsMergeBase = true }: { tellsMergeBase?: boolean } = {},
): Promise<FakedHost> {
  const host = await start();
  const { held, token, username } = host;
  return {
    ...{ url: host.url, token, path, ...(username && { username }) },
    held: {
      ...commonOf(held),
      mergeBase: tellsMergeBase ? held.mergeBase : null,
      hooks: () => [...held.hooks.values()],
      comments: () => [...held.comments.values()].map(({ text }) => text),
      forgetComments: () => held.comments.clear(),
      states: () => [...held.states.values()],
    },
    answerNext: host.answerNext,
    cutNext: host.cutNext,
    requests: () =>
      host.requests.map(({ path: at, query, headers }) => ({
        address: `${at}?${query}`,
        authorization: headers.authorization,
      })),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

function commonOf(held: Hosted) {
  const { files, mergeBase, branches, base, head, pullRequests } = held;
  const openPullRequests = pullRequests.filter(({ isOpen }) => isOpen).length;
  return { files, mergeBase, branches, range: { base, head }, openPullRequests };
}

async function fakeGitHub(): Promise<FakedHost> {
  const host = await startFakeGitHub();
  const all = hosted();
  host.organisations.elders = ['octocat', 'mallory'];
  host.addToken(TOKEN);
  const repository = host.addRepository('elders/castle', {
    isPrivate: true,
    gitDir: '/nowhere',
    branches: all.branches.map(({ name, commitId }) => ({ name, commit: { sha: commitId }, protected: false })),
    comparison: {
      merge_base_commit: { sha: all.mergeBase },
      ...{ ahead_by: 1, behind_by: 2, files: all.files.map((filename) => ({ filename })) },
    },
  });
  const own = { id: repository.id };
  repository.pulls.push(
    ...all.pullRequests.map((row) => ({
      ...{ number: row.number, title: row.title, user: { login: row.author }, draft: row.isDraft },
      html_url: `${host.url}/elders/castle/pull/${row.number}`,
      state: row.isOpen ? 'open' : 'closed',
      base: { ref: 'main', sha: all.base, repo: own },
      head: { ref: row.headBranch, sha: row.headCommitId, repo: row.isFork ? { id: repository.id + 1 } : own },
    })),
  );
  return {
    ...{ url: host.url, token: TOKEN, path: 'elders/castle' },
    held: {
      ...commonOf(all),
      hooks: () => withSent(host, repository.hooks),
      comments: () => repository.comments.map(({ body }) => body),
      forgetComments: () => void repository.comments.splice(0),
      // The host shows the newest of each name.
      states: () => [...new Map(repository.statuses.map((one) => [`${one.sha} ${one.context}`, one])).values()],
    },
    ...asked(host),
  };
}

async function fakeGitLab(): Promise<FakedHost> {
  const host = await startFakeGitLab();
  const all = hosted();
  host.groups.elders = ['tanuki', 'mallory'];
  host.addToken(TOKEN);
  const project = host.addProject('elders/castle', {
    isPrivate: true,
    gitDir: '/nowhere',
    branches: all.branches.map(({ name, commitId }) => ({ name, commit: { id: commitId }, protected: false })),
    comparison: {
      ...{ merge_base: all.mergeBase, commits: [{}] },
      diffs: all.files.map((file) => ({ old_path: file, new_path: file })),
    },
  });
  project.mergeRequests.push(
    ...all.pullRequests.map((row) => ({
      ...{ iid: row.number, title: row.title, author: { username: row.author }, draft: row.isDraft },
      web_url: `${host.url}/elders/castle/-/merge_requests/${row.number}`,
      state: row.isOpen ? 'opened' : 'merged',
      ...{ source_project_id: row.isFork ? project.id + 1 : project.id, target_project_id: project.id },
      ...{ source_branch: row.headBranch, target_branch: 'main', sha: row.headCommitId },
    })),
  );
  return {
    ...{ url: host.url, token: TOKEN, path: 'elders/castle' },
    held: {
      ...commonOf(all),
      hooks: () => withSent(host, project.hooks),
      comments: () => project.notes.map(({ body }) => body),
      forgetComments: () => void project.notes.splice(0),
      states: () => project.statuses,
    },
    ...asked(host),
  };
}

type RoutedHost = Awaited<ReturnType<typeof startFakeGitHub>> | Awaited<ReturnType<typeof startFakeGitLab>>;

/** These two hosts keep a secret from who asks, so what was sent last stands beside each hook. */
function withSent({ requests }: RoutedHost, hooks: readonly object[]): unknown[] {
  const sent = requests.findLast(({ method, path }) => method !== 'GET' && /\/hooks(?:\/|$)/.test(path))?.body;
  return hooks.map((hook) => ({ ...hook, sent }));
}

function asked(host: RoutedHost): Pick<FakedHost, 'answerNext' | 'cutNext' | 'requests' | typeof Symbol.asyncDispose> {
  return {
    answerNext: ({ status, headers, body }) =>
      host.answerNext(/^/, {
        ...(status && { status }),
        ...(headers && { headers }),
        ...(typeof body === 'string' ? { html: body } : { body }),
      }),
    cutNext: host.cutNext,
    requests: () => host.requests.map(({ path, authorization }) => ({ address: path, authorization })),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}
