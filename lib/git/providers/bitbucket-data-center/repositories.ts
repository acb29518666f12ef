import * as z from 'zod';
import { AppError } from '@/lib/errors';
import type { Member, Owner, Page, PageOf, ProviderClient, ProviderRepository, RepositoryApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';
import { BranchShape, PullRequestShape, RepositoryShape } from './shapes';

const MOST_FILES = 300;
/** People come from the repository first, then from its project. */
const OF_PROJECT = 'project-';
const WRITES = ['REPO_WRITE', 'REPO_ADMIN', 'PROJECT_WRITE', 'PROJECT_ADMIN'];

const Anything = z.unknown();

export const repositories: RepositoryApi = {
  /** The host names whoever asked in a header; strangers get an answer too, without it. */
  async whoAmI(client) {
    const { headers } = await ask(client, ['projects'], Anything, { query: { limit: 1 } });
    const login = headers.get('x-ausername');
    if (!login) throw new AppError('provider_unauthorized', 'the host answers as to a stranger');
    return { login: decodeURIComponent(login), scopes: null, expiresAt: null };
  },
  get,
  async listOwners(client, page) {
    const shape = z.object({ key: z.string(), name: z.string(), type: z.string().nullish() });
    const { items, nextCursor } = await askPage(client, ['projects'], shape, { page });
    return {
      items: items.map((row): Owner => {
        return { path: row.key, name: row.name, kind: row.type === 'PERSONAL' ? 'user' : 'organisation' };
      }),
      nextCursor,
    };
  },
  list: (client, project, page) => askPage(client, ['projects', project, 'repos'], RepositoryShape, { page }),
  listBranches: (client, path, page) =>
    askPage(client, [...partsOf(path), 'branches'], BranchShape, { query: { orderBy: 'ALPHABETICAL' }, page }),
  async compare(client, path, { base, head }) {
    const repository = partsOf(path);
    const at = z.object({ toString: z.string() });
    const [changes, mergeBase] = await Promise.all([
      askPage(client, [...repository, 'compare', 'changes'], z.object({ path: at, srcPath: at.nullish() }), {
        query: { from: head, to: base },
        page: {},
        limit: MOST_FILES,
      }),
      // Older servers have no such address.
      unlessGone(() =>
        ask(client, [...repository, 'commits', head, 'merge-base'], z.object({ id: z.string() }).nullable(), {
          query: { otherCommitId: base },
        }),
      ),
    ]);
    const files = changes.items.flatMap((row) => [row.path.toString, row.srcPath?.toString ?? []].flat());
    return {
      mergeBaseId: mergeBase?.value?.id ?? null,
      aheadBy: null,
      behindBy: null,
      files: [...new Set(files)].slice(0, MOST_FILES),
      isCut: changes.nextCursor !== null || files.length > MOST_FILES,
    };
  },
  listMembers,
  listOpenPullRequests: (client, path, page) =>
    askPage(client, [...partsOf(path), 'pull-requests'], PullRequestShape, { query: { state: 'OPEN' }, page }),
};

async function get(client: ProviderClient, path: string): Promise<ProviderRepository> {
  const parts = partsOf(path);
  const { value } = await ask(client, parts, RepositoryShape);
  // 404 or 204 where there is no commit.
  const branch = z.object({ displayId: z.string() }).nullable();
  const found = await unlessGone(() => ask(client, [...parts, 'default-branch'], branch));
  return { ...value, defaultBranch: found?.value?.displayId ?? null };
}

async function listMembers(client: ProviderClient, path: string, { cursor }: PageOf): Promise<Page<Member>> {
  const [projects, key, ...repository] = partsOf(path);
  const isProject = cursor?.startsWith(OF_PROJECT) ?? false;
  const start = isProject ? cursor?.slice(OF_PROJECT.length) : cursor;
  const of = isProject ? [projects, key] : [projects, key, ...repository];
  const user = z.object({ name: z.string(), emailAddress: z.string().nullish() });
  const shape = z.object({ user, permission: z.string() });
  const { items, nextCursor } = await askPage(client, [...of, 'permissions', 'users'], shape, {
    page: start ? { cursor: start } : {},
  });
  const next = isProject ? nextCursor && `${OF_PROJECT}${nextCursor}` : (nextCursor ?? OF_PROJECT);
  return {
    items: items.map((row) => ({
      login: row.user.name,
      email: row.user.emailAddress || null,
      canPush: WRITES.includes(row.permission),
    })),
    // Personal projects give nobody rights.
    nextCursor: next === OF_PROJECT && key.startsWith('~') ? null : next,
  };
}
