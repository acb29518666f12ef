import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { Account, Owner, Page, PageOf, ProviderClient, PullRequestFacts, RepositoryApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';
import { withFullCommit } from './full-commit';
import { BranchShape, PullRequestShape, RepositoryShape } from './shapes';

const PAGE = { pagelen: 100 } as const;
/** Each costs one more request, for its commit. */
const PULL_REQUESTS = 20;
const MOST_FILES = 300;
const PER_DIFF_PAGE = 500;

export const repositories: RepositoryApi = {
  whoAmI,
  async get(client, path) {
    return (await ask(client, ['repositories', ...partsOf(path)], RepositoryShape)).value;
  },
  listOwners,
  list: (client, workspace, page) =>
    askPage(client, ['repositories', workspace], RepositoryShape, { query: { ...PAGE, sort: 'full_name' }, page }),
  listBranches: (client, path, page) =>
    askPage(client, ['repositories', ...partsOf(path), 'refs', 'branches'], BranchShape, { query: PAGE, page }),
  async compare(client, path, { base, head }) {
    const repository = ['repositories', ...partsOf(path)];
    const file = z.object({ path: z.string() }).nullish();
    // The commit with the changes comes first, contrary to Git; `topic` compares it with the merge base.
    const [diff, mergeBase] = await Promise.all([
      askPage(client, [...repository, 'diffstat', `${head}..${base}`], z.object({ old: file, new: file }), {
        query: { pagelen: PER_DIFF_PAGE, topic: true },
        page: {},
      }),
      unlessGone(() => ask(client, [...repository, 'merge-base', `${head}..${base}`], z.object({ hash: z.string() }))),
    ]);
    const paths = diff.items.flatMap((row) => [row.new?.path ?? [], row.old?.path ?? []].flat());
    const files = [...new Set(paths)];
    return {
      mergeBaseId: mergeBase?.value.hash ?? null,
      aheadBy: null,
      behindBy: null,
      files: files.slice(0, MOST_FILES),
      isCut: files.length > MOST_FILES || diff.nextCursor !== null,
    };
  },
  async listMembers(client, path, page) {
    const user = z.object({ nickname: z.string().nullish(), display_name: z.string().nullish() });
    const shape = z.object({ permission: z.string(), user });
    const users = ['repositories', ...partsOf(path), 'permissions-config', 'users'];
    const { items, nextCursor } = await askPage(client, users, shape, { query: PAGE, page });
    return {
      items: items.map((row) => ({
        login: row.user.nickname ?? row.user.display_name ?? '',
        email: null,
        canPush: row.permission === 'write' || row.permission === 'admin',
      })),
      nextCursor,
    };
  },
  listOpenPullRequests,
};

/** Access tokens of a repository, a project or a workspace belong to nobody: they may not ask who they are. */
async function whoAmI(client: ProviderClient): Promise<Account> {
  const shape = z.object({ nickname: z.string().nullish(), display_name: z.string().nullish(), uuid: z.string() });
  try {
    const { value, headers } = await ask(client, ['user'], shape);
    return {
      login: value.nickname ?? value.display_name ?? value.uuid,
      scopes: listOf(headers.get('x-oauth-scopes')),
      expiresAt: null,
    };
  } catch (error) {
    const isNobody =
      isAppError(error) && (error.code === 'provider_scope_missing' || error.code === 'provider_refused');
    if (!isNobody || client.credential === null) throw error;
    return { login: '', scopes: null, expiresAt: null };
  }
}

async function listOwners(client: ProviderClient, page: PageOf): Promise<Page<Owner>> {
  const workspace = z.object({ slug: z.string(), name: z.string().nullish() });
  const { items, nextCursor } = await askPage(client, ['user', 'workspaces'], z.object({ workspace }), {
    query: PAGE,
    page,
  });
  return {
    items: items.map(({ workspace: { slug, name } }) => ({ path: slug, name: name ?? slug, kind: 'organisation' })),
    nextCursor,
  };
}

async function listOpenPullRequests(client: ProviderClient, path: string, page: PageOf) {
  const { items, nextCursor } = await askPage(
    client,
    ['repositories', ...partsOf(path), 'pullrequests'],
    PullRequestShape,
    { query: { state: 'OPEN', pagelen: PULL_REQUESTS }, page },
  );
  const rows: PullRequestFacts[] = [];
  for (const item of items) {
    const row = await withFullCommit(client, item);
    if (row) rows.push(row);
  }
  return { items: rows, nextCursor };
}

function listOf(scopes: string | null): string[] | null {
  return scopes?.split(/[,\s]+/).filter((scope) => scope !== '') ?? null;
}
