import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { Account, Owner, Page, PageOf, ProviderClient, ProviderRepository, RepositoryApi } from '../provider';
import { ask, askPage, projectOf } from './api';
import { BranchShape, DEVELOPER, dateOf, MergeRequestShape, ProjectShape } from './shapes';

const MOST_FILES = 300;
/** Lists of a person's own projects carry this before the number of their page. */
const OWN = 'own-';
/** Guests see a group, and not its code. */
const REPORTER = 20;

const Groups = z.array(z.object({ full_path: z.string(), full_name: z.string().nullish() }));
const User = z.object({ username: z.string(), name: z.string().nullish() });

export const repositories: RepositoryApi = {
  whoAmI,
  async get(client, path) {
    return (await ask(client, projectOf(path), ProjectShape, { query: { statistics: true } })).value;
  },
  listOwners,
  list,
  listBranches: (client, path, page) =>
    askPage(client, [...projectOf(path), 'repository', 'branches'], z.array(BranchShape), {
      page,
      itemsOf: (rows) => rows,
    }),
  async compare(client, path, { base, head }) {
    const repository = [...projectOf(path), 'repository'];
    const shape = z.object({
      commits: z.array(z.unknown()).nullish(),
      diffs: z.array(z.object({ old_path: z.string(), new_path: z.string() })).nullish(),
      compare_timeout: z.boolean().nullish(),
    });
    const [{ value }, mergeBase] = await Promise.all([
      ask(client, [...repository, 'compare'], shape, { query: { from: base, to: head, straight: false } }),
      ask(client, [...repository, 'merge_base'], z.object({ id: z.string() }), { query: { 'refs[]': [base, head] } }),
    ]);
    const files = [...new Set((value.diffs ?? []).flatMap((diff) => [diff.new_path, diff.old_path]))];
    return {
      mergeBaseId: mergeBase.value.id,
      aheadBy: value.commits?.length ?? null,
      behindBy: null,
      files: files.slice(0, MOST_FILES),
      isCut: files.length > MOST_FILES || value.compare_timeout === true,
    };
  },
  listMembers: (client, path, page) =>
    askPage(
      client,
      [...projectOf(path), 'members', 'all'],
      z.array(z.object({ username: z.string(), email: z.string().nullish(), access_level: z.number() })),
      {
        page,
        itemsOf: (rows) =>
          rows.map(({ username, email, access_level: level }) => ({
            login: username,
            email: email ?? null,
            canPush: level >= DEVELOPER,
          })),
      },
    ),
  listOpenPullRequests: (client, path, page) =>
    askPage(client, [...projectOf(path), 'merge_requests'], z.array(MergeRequestShape), {
      query: { state: 'opened', order_by: 'updated_at' },
      page,
      itemsOf: (rows) => rows,
    }),
};

async function whoAmI(client: ProviderClient): Promise<Account> {
  const { value: user } = await ask(client, ['user'], User);
  return { login: user.username, ...(await tokenFacts(client)) };
}

/** Tokens of OAuth tell nothing of themselves here. */
async function tokenFacts(client: ProviderClient): Promise<Pick<Account, 'scopes' | 'expiresAt'>> {
  const shape = z.object({ scopes: z.array(z.string()).nullish(), expires_at: z.string().nullish() });
  try {
    const { value } = await ask(client, ['personal_access_tokens', 'self'], shape);
    return { scopes: value.scopes ?? null, expiresAt: dateOf(value.expires_at) };
  } catch (error) {
    const isUntold = isAppError(error) && ['provider_not_found', 'provider_scope_missing'].includes(error.code);
    if (!isUntold) throw error;
    return { scopes: null, expiresAt: null };
  }
}

async function listOwners(client: ProviderClient, page: PageOf): Promise<Page<Owner>> {
  const groups = await askPage(client, ['groups'], Groups, {
    query: { min_access_level: REPORTER, order_by: 'path' },
    page,
    itemsOf: (rows) =>
      rows.map((row): Owner => ({ path: row.full_path, name: row.full_name ?? row.full_path, kind: 'organisation' })),
  });
  if (page.cursor !== undefined) return groups;
  const { value: user } = await ask(client, ['user'], User);
  const own: Owner = { path: user.username, name: user.name ?? user.username, kind: 'user' };
  return { ...groups, items: [own, ...groups.items] };
}

async function list(client: ProviderClient, owner: string, page: PageOf): Promise<Page<ProviderRepository>> {
  const query = { order_by: 'path', sort: 'asc', statistics: false };
  const itemsOf = (rows: ProviderRepository[]) => rows;
  if (!page.cursor?.startsWith(OWN)) {
    try {
      return await askPage(client, ['groups', owner, 'projects'], z.array(ProjectShape), {
        query: { ...query, include_subgroups: false, with_shared: false },
        page,
        itemsOf,
      });
    } catch (error) {
      if (!isAppError(error) || error.code !== 'provider_not_found') throw error;
    }
  }
  const cursor = page.cursor?.slice(OWN.length);
  const own = await askPage(client, ['users', owner, 'projects'], z.array(ProjectShape), {
    query,
    page: cursor === undefined ? {} : { cursor },
    itemsOf,
  });
  return { ...own, nextCursor: own.nextCursor && `${OWN}${own.nextCursor}` };
}
