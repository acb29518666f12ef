import * as z from 'zod';
import { AppError, isAppError } from '@/lib/errors';
import type { Account, Owner, Page, PageOf, ProviderClient, ProviderRepository, RepositoryApi } from '../provider';
import { ask, askPage, PER_PAGE, partsOf } from './api';
import { BranchShape, dateOf, type ListedRepository, PullRequestShape, RepositoryShape } from './shapes';

/** GitHub compares no further than this many files. */
const MOST_FILES = 300;
/** Lists of a person's own repositories carry this before the number of their page. */
const OWN = 'own-';

const Repositories = z.array(RepositoryShape);
const Installed = z.object({ repositories: Repositories });
const Organisations = z.array(z.object({ login: z.string() }));

export const repositories: RepositoryApi = {
  whoAmI,
  async get(client, path) {
    const { value } = await ask(client, ['repos', ...partsOf(path)], RepositoryShape);
    return withoutOwner(value);
  },
  listOwners,
  list,
  listBranches: (client, path, page) =>
    askPage(client, ['repos', ...partsOf(path), 'branches'], z.array(BranchShape), { page, itemsOf: (rows) => rows }),
  async compare(client, path, { base, head }) {
    const shape = z.object({
      merge_base_commit: z.object({ sha: z.string() }).nullish(),
      ahead_by: z.number(),
      behind_by: z.number(),
      files: z.array(z.object({ filename: z.string(), previous_filename: z.string().nullish() })).default([]),
    });
    const { value } = await ask(client, ['repos', ...partsOf(path), 'compare', `${base}...${head}`], shape);
    const files = value.files.flatMap((file) => [file.filename, file.previous_filename ?? []].flat());
    return {
      mergeBaseId: value.merge_base_commit?.sha ?? null,
      aheadBy: value.ahead_by,
      behindBy: value.behind_by,
      files: [...new Set(files)].slice(0, MOST_FILES),
      isCut: value.files.length >= MOST_FILES,
    };
  },
  listMembers: (client, path, page) =>
    askPage(
      client,
      ['repos', ...partsOf(path), 'collaborators'],
      z.array(z.object({ login: z.string(), permissions: z.object({ push: z.boolean().nullish() }).nullish() })),
      {
        page,
        itemsOf: (rows) =>
          rows.map(({ login, permissions }) => ({ login, email: null, canPush: permissions?.push === true })),
      },
    ),
  listOpenPullRequests: (client, path, page) =>
    askPage(client, ['repos', ...partsOf(path), 'pulls'], z.array(PullRequestShape), {
      query: { state: 'open', sort: 'updated', direction: 'desc' },
      page,
      itemsOf: (rows) => rows,
    }),
};

async function whoAmI(client: ProviderClient): Promise<Account> {
  if (client.credential?.kind === 'installation') {
    const { value } = await ask(client, ['installation', 'repositories'], Installed, { query: { per_page: 1 } });
    return { login: value.repositories[0]?.owner?.login ?? '', scopes: null, expiresAt: null };
  }
  const { value, headers } = await ask(client, ['user'], z.object({ login: z.string() }));
  const scopes = headers.get('x-oauth-scopes');
  return {
    login: value.login,
    // Fine-grained tokens have permissions, which GitHub does not tell.
    scopes: scopes === null ? null : scopes.split(',').flatMap((scope) => scope.trim() || []),
    expiresAt: dateOf(expiryOf(headers.get('github-authentication-token-expiration'))),
  };
}

/** `2026-12-01 10:00:00 UTC`, or with an offset in place of the name. */
function expiryOf(text: string | null): string | null {
  return (
    text
      ?.replace(' UTC', 'Z')
      .replace(' ', 'T')
      .replace(/ ([+-]\d{2})(\d{2})$/, '$1:$2') ?? null
  );
}

/** Fine-grained tokens list no organisations: those of their repositories are among the owners all the same. */
async function listOwners(client: ProviderClient, page: PageOf): Promise<Page<Owner>> {
  if (client.credential?.kind === 'installation') {
    const { value } = await ask(client, ['installation', 'repositories'], Installed, { query: { per_page: PER_PAGE } });
    return { items: ownersOf(value.repositories), nextCursor: null };
  }
  const listed = await askPage(client, ['user', 'orgs'], Organisations, {
    page,
    itemsOf: (rows) => rows.map(({ login }): Owner => ({ path: login, name: login, kind: 'organisation' })),
  });
  if (page.cursor !== undefined) return listed;
  const [{ value: user }, { value: own }] = await Promise.all([
    ask(client, ['user'], z.object({ login: z.string() })),
    ask(client, ['user', 'repos'], Repositories, { query: { per_page: PER_PAGE, sort: 'pushed' } }),
  ]);
  const first: Owner = { path: user.login, name: user.login, kind: 'user' };
  const all = [first, ...listed.items, ...ownersOf(own)];
  const items = all.filter(({ path }, index) => all.findIndex((one) => one.path === path) === index);
  return { items, nextCursor: listed.nextCursor };
}

function ownersOf(rows: readonly ListedRepository[]): Owner[] {
  const owners = new Map<string, Owner>();
  for (const { owner } of rows) {
    if (!owner) continue;
    const kind = owner.isOrganisation ? 'organisation' : 'user';
    owners.set(owner.login, { path: owner.login, name: owner.login, kind });
  }
  return [...owners.values()];
}

async function list(client: ProviderClient, owner: string, page: PageOf): Promise<Page<ProviderRepository>> {
  const isOf = (row: ListedRepository) => row.owner?.login.toLowerCase() === owner.toLowerCase();
  const ofOwner = (rows: ListedRepository[]) => rows.filter(isOf).map(withoutOwner);
  if (client.credential?.kind === 'installation') {
    const itemsOf = ({ repositories: rows }: z.output<typeof Installed>) => ofOwner(rows);
    return askPage(client, ['installation', 'repositories'], Installed, { page, itemsOf });
  }
  if (!/^[\w.-]{1,100}$/.test(owner)) throw new AppError('provider_not_found', 'this is no owner');
  if (!page.cursor?.startsWith(OWN)) {
    try {
      const query = { type: 'all', sort: 'full_name' };
      return await askPage(client, ['orgs', owner, 'repos'], Repositories, { query, page, itemsOf: ofOwner });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    }
  }
  const cursor = page.cursor?.slice(OWN.length);
  const own = await askPage(client, ['user', 'repos'], Repositories, {
    query: { affiliation: 'owner,collaborator', sort: 'full_name' },
    page: cursor === undefined ? {} : { cursor },
    itemsOf: ofOwner,
  });
  return { ...own, nextCursor: own.nextCursor && `${OWN}${own.nextCursor}` };
}

function withoutOwner({ owner: _, ...row }: ListedRepository): ProviderRepository {
  return row;
}
