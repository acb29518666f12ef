import * as z from 'zod';
import type { Owner, Page, PageOf, ProviderClient, ProviderRepository, RepositoryApi } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, askPage, partsOf } from './api';
import { BranchShape, PullRequestShape, RepositoryShape } from './shapes';

/** As at other hosts: what lies beyond is looked up in the repository itself. */
const MOST_FILES = 300;

const Repositories = z.array(RepositoryShape);
const Account = z.object({ login: z.string() });
const Files = z.array(z.object({ filename: z.string() }));

export const repositories: RepositoryApi = {
  async whoAmI(client) {
    const { value } = await ask(client, ['user'], Account);
    return { login: value.login, scopes: null, expiresAt: null };
  },
  async get(client, path) {
    return (await ask(client, ['repos', ...partsOf(path)], RepositoryShape)).value;
  },
  listOwners,
  list,
  listBranches: (client, path, page) =>
    askPage(client, ['repos', ...partsOf(path), 'branches'], z.array(BranchShape), { page }),
  async compare(client, path, { base, head }) {
    const shape = z.object({
      total_commits: z.number().int(),
      commits: z.array(z.object({ files: Files.nullish() })).nullish(),
      /** Newer servers only. */
      files: Files.nullish(),
    });
    const { value } = await ask(client, ['repos', ...partsOf(path), 'compare', `${base}...${head}`], shape);
    const commits = value.commits ?? [];
    const listed = value.files ?? commits.flatMap(({ files }) => files ?? []);
    const files = [...new Set(listed.map(({ filename }) => filename))];
    const isTold = value.files != null || (commits.length >= value.total_commits && commits.every((one) => one.files));
    return {
      mergeBaseId: null,
      aheadBy: value.total_commits,
      behindBy: null,
      files: files.slice(0, MOST_FILES),
      isCut: files.length > MOST_FILES || !isTold,
    };
  },
  /** Whoever can be assigned can push; readers are told to administrators alone. */
  async listMembers(client, path) {
    const shape = z.array(z.object({ login: z.string(), email: z.string().nullish() }));
    const { value } = await ask(client, ['repos', ...partsOf(path), 'assignees'], shape);
    return {
      items: value.map(({ login, email }) => ({ login, email: email || null, canPush: true })),
      nextCursor: null,
    };
  },
  listOpenPullRequests: (client, path, page) =>
    askPage(client, ['repos', ...partsOf(path), 'pulls'], z.array(PullRequestShape), {
      query: { state: 'open', sort: 'recentupdate' },
      page,
    }),
};

async function listOwners(client: ProviderClient, page: PageOf): Promise<Page<Owner>> {
  const shape = z.array(z.object({ username: z.string(), full_name: z.string().nullish() }));
  const { items, nextCursor } = await askPage(client, ['user', 'orgs'], shape, { page });
  const owners = items.map((row): Owner => {
    return { path: row.username, name: row.full_name || row.username, kind: 'organisation' };
  });
  if (page.cursor !== undefined) return { items: owners, nextCursor };
  const { value } = await ask(client, ['user'], Account);
  return { items: [{ path: value.login, name: value.login, kind: 'user' }, ...owners], nextCursor };
}

async function list(client: ProviderClient, owner: string, page: PageOf): Promise<Page<ProviderRepository>> {
  const ofOrganisation = await unlessGone(() => askPage(client, ['orgs', owner, 'repos'], Repositories, { page }));
  return ofOrganisation ?? askPage(client, ['users', owner, 'repos'], Repositories, { page });
}
