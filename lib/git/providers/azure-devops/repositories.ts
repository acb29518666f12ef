import * as z from 'zod';
import { AppError } from '@/lib/errors';
import type {
  Account,
  Branch,
  Member,
  Owner,
  Page,
  PageOf,
  ProviderClient,
  ProviderRepository,
  RepositoryApi,
} from '../provider';
import { ask, askProfiles, organisationOf, partsOf, skipOf } from './api';
import { BranchShape, PullRequestRow, RepositoryRow, toPullRequest, toRepository } from './shapes';

const MOST_FILES = 300;
const PER_PAGE = 100;
const CONTINUES = 'x-ms-continuationtoken';

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ value: z.array(item) });

export const repositories: RepositoryApi = {
  whoAmI,
  async get(client, path) {
    const { organisation, parts } = partsOf(path);
    return toRepository(organisation, (await ask(client, parts, RepositoryRow)).value);
  },
  listOwners,
  list,
  listBranches,
  async compare(client, path, { base, head }) {
    const item = z.object({ path: z.string(), isFolder: z.boolean().nullish() });
    const shape = z.object({
      aheadCount: z.number().nullish(),
      behindCount: z.number().nullish(),
      commonCommit: z.string().nullish(),
      allChangesIncluded: z.boolean().nullish(),
      changes: z.array(z.object({ item, sourceServerItem: z.string().nullish() })).default([]),
    });
    const { value } = await ask(client, [...partsOf(path).parts, 'diffs', 'commits'], shape, {
      query: {
        baseVersion: base,
        baseVersionType: 'commit',
        targetVersion: head,
        targetVersionType: 'commit',
        diffCommonCommit: true,
        $top: 2 * MOST_FILES,
      },
    });
    const changed = value.changes.filter((change) => change.item.isFolder !== true);
    const paths = changed.flatMap((change) => [change.item.path, change.sourceServerItem ?? []].flat());
    const files = [...new Set(paths.map((one) => one.replace(/^\//, '')))];
    return {
      mergeBaseId: value.commonCommit ?? null,
      aheadBy: value.aheadCount ?? null,
      behindBy: value.behindCount ?? null,
      files: files.slice(0, MOST_FILES),
      isCut: files.length > MOST_FILES || value.allChangesIncluded === false,
    };
  },
  listMembers,
  async listOpenPullRequests(client, path, { cursor }) {
    const { parts } = partsOf(path);
    const skip = skipOf(cursor);
    const query = { 'searchCriteria.status': 'active', $top: PER_PAGE, $skip: skip };
    const [{ value }, { value: repository }] = await Promise.all([
      ask(client, [...parts, 'pullrequests'], listOf(PullRequestRow), { query }),
      ask(client, parts, RepositoryRow),
    ]);
    const isFull = value.value.length === PER_PAGE;
    return {
      items: value.value.map((row) => toPullRequest(repository.webUrl, row)),
      nextCursor: isFull ? String(skip + PER_PAGE) : null,
    };
  },
};

async function whoAmI(client: ProviderClient): Promise<Account> {
  const organisation = organisationOf(client);
  if (organisation) {
    const properties = z.object({ Account: z.object({ $value: z.string() }).nullish() }).nullish();
    const user = z.object({ id: z.string(), providerDisplayName: z.string().nullish(), properties });
    const { value } = await ask(
      client,
      [organisation, '_apis', 'connectionData'],
      z.object({ authenticatedUser: user }),
      {
        version: '7.1-preview',
      },
    );
    const { authenticatedUser } = value;
    const login = authenticatedUser.properties?.Account?.$value ?? authenticatedUser.providerDisplayName;
    if (!login || login === 'Anonymous')
      throw new AppError('provider_unauthorized', 'the host answers as to a stranger');
    return { login, scopes: null, expiresAt: null };
  }
  const profile = await ownProfile(client);
  return { login: profile.emailAddress ?? profile.displayName ?? profile.id, scopes: null, expiresAt: null };
}

async function ownProfile(client: ProviderClient) {
  const shape = z.object({ id: z.string(), displayName: z.string().nullish(), emailAddress: z.string().nullish() });
  return (await askProfiles(client, ['_apis', 'profile', 'profiles', 'me'], shape)).value;
}

/** Projects of the organisation that the base address names; without one, of all that the token reaches. */
async function listOwners(client: ProviderClient, { cursor }: PageOf): Promise<Page<Owner>> {
  const organisation = organisationOf(client);
  if (organisation) return listProjects(client, organisation, cursor);
  const { id } = await ownProfile(client);
  const accounts = listOf(z.object({ accountName: z.string() }));
  const { value } = await askProfiles(client, ['_apis', 'accounts'], accounts, { query: { memberId: id } });
  const names = value.value.map(({ accountName }) => accountName);
  // Organisation after organisation: `<name>/<token of the host>`.
  const [current = names[0] ?? '', token] = cursor?.split('/', 2) ?? [];
  const at = names.indexOf(current);
  if (at < 0) return { items: [], nextCursor: null };
  const { items, nextCursor } = await listProjects(client, current, token);
  const following = names[at + 1];
  return { items, nextCursor: nextCursor ? `${current}/${nextCursor}` : (following ?? null) };
}

async function listProjects(client: ProviderClient, organisation: string, cursor?: string): Promise<Page<Owner>> {
  const shape = listOf(z.object({ name: z.string() }));
  const query = { $top: PER_PAGE, continuationToken: cursor };
  const { value, headers } = await ask(client, [organisation, '_apis', 'projects'], shape, { query });
  return {
    items: value.value.map(({ name }) => ({ path: `${organisation}/${name}`, name, kind: 'organisation' })),
    nextCursor: headers.get(CONTINUES),
  };
}

/** The host gives all repositories of a project at once. */
async function list(client: ProviderClient, owner: string): Promise<Page<ProviderRepository>> {
  const [organisation = '', project = '', ...rest] = owner.split('/');
  if (rest.length > 0) throw new AppError('provider_not_found', 'a project is named organisation/project');
  partsOf(`${owner}/any`);
  const address = [organisation, project, '_apis', 'git', 'repositories'];
  const { value } = await ask(client, address, listOf(RepositoryRow));
  return { items: value.value.map((row) => toRepository(organisation, row)), nextCursor: null };
}

async function listBranches(client: ProviderClient, path: string, { cursor }: PageOf): Promise<Page<Branch>> {
  const query = { filter: 'heads/', $top: PER_PAGE, continuationToken: cursor };
  const { value, headers } = await ask(client, [...partsOf(path).parts, 'refs'], listOf(BranchShape), { query });
  return { items: value.value, nextCursor: headers.get(CONTINUES) };
}

/** People of the project's first team: who may push is not told, but they are contributors unless somebody changed that. */
async function listMembers(client: ProviderClient, path: string, { cursor }: PageOf): Promise<Page<Member>> {
  const { organisation, project } = partsOf(path);
  const shape = z.object({ id: z.string(), defaultTeam: z.object({ id: z.string() }).nullish() });
  const { value: found } = await ask(client, [organisation, '_apis', 'projects', project], shape);
  if (!found.defaultTeam) return { items: [], nextCursor: null };
  const skip = skipOf(cursor);
  const identity = z.object({ uniqueName: z.string(), displayName: z.string().nullish() });
  const members = [organisation, '_apis', 'projects', found.id, 'teams', found.defaultTeam.id, 'members'];
  const { value } = await ask(client, members, listOf(z.object({ identity })), {
    query: { $top: PER_PAGE, $skip: skip },
  });
  return {
    items: value.value.map(({ identity: { uniqueName } }) => ({
      login: uniqueName,
      email: uniqueName.includes('@') ? uniqueName : null,
      canPush: true,
    })),
    nextCursor: value.value.length === PER_PAGE ? String(skip + PER_PAGE) : null,
  };
}
