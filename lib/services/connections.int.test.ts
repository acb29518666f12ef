import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { type FakeGitLab, startFakeGitLab } from '@/tests/support/providers/fake-gitlab';
import { nothingTold } from '@/tests/support/providers/github-graphql';
import { openConnectionOf } from './connection-clients';
import {
  changeConnection,
  checkConnection,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
} from './connections';
import { listHostOwners, listHostRepositories } from './host-listing';
import { importProjects } from './project-import';
import { applyProjectsFile } from './projects-file';
import { beginApp, beginInstallation, completeApp, completeInstallation } from './provider-apps';
import { checkRegistration, createProject } from './registration';
import { mirrorName, openKept, readFetched } from './repositories';

const TOKEN = 'ghp_canaryOfTheConnection0123456789';

let database: TestDatabase;
let source: LocalRepository;
let github: FakeGitHub;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  source = await localRepository({ files: { 'src/a.ts': 'export const a = 1;\n' } });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await source[Symbol.asyncDispose]();
});

beforeEach(async () => {
  github = await startFakeGitHub();
  github.organisations.acme = ['octocat'];
  github.addToken(TOKEN);
  github.addRepository('acme/shop', { isPrivate: true, gitDir: source.path });
  team = await createTeam();
});

afterEach(() => github[Symbol.asyncDispose]());

function connect(to: TestTeam = team, token = TOKEN) {
  const request = { provider: 'github', baseUrl: `${github.url}/`, token } as const;
  return createConnection(to.as('admin'), to.teamId, request);
}

/** A person of the team: a way to a host and back is theirs alone. */
async function person({ teamId }: TestTeam, role: Role = 'admin') {
  const { id } = await db().user.create({ data: { email: `${randomUUID()}@example.org`, name: 'Rin' } });
  const roles = new Map([[teamId, role]]);
  return createContext({ userId: id, roles, requestId: randomUUID(), log: logger() });
}

/** Presses the one link of a page of the host. */
async function press(answer: Response): Promise<URL> {
  const href = /href="(?<href>[^"]+)"/.exec(await answer.text())?.groups?.href ?? '';
  return new URL(href.replaceAll('&amp;', '&'));
}

async function installApp(ctx: Awaited<ReturnType<typeof person>>) {
  const form = await beginApp(ctx, team.teamId, { baseUrl: github.url });
  const back = await press(
    await fetch(form.action, { method: 'POST', body: new URLSearchParams({ manifest: form.manifest }) }),
  );
  const [code, state] = [back.searchParams.get('code') ?? '', back.searchParams.get('state') ?? ''];
  const install = await completeApp(ctx, team.teamId, { code, state });
  const installed = await press(await fetch(install));
  const installationId = installed.searchParams.get('installation_id') ?? '';
  return { form, code, state, installationId, installState: installed.searchParams.get('state') ?? '' };
}

describe('a connection by token', () => {
  test('knows whose it is, and shows the token to nobody', async () => {
    const made = await connect();

    const told = [made, await getConnection(team.as('member'), team.teamId, made.connectionId)];
    const row = await db().connection.findFirstOrThrow({ where: { id: made.connectionId } });
    const log = await db().auditLogEntry.findMany({ where: { teamId: team.teamId } });
    expect(made).toMatchObject({ account: 'octocat', status: 'connected', missingScopes: [], projects: 0 });
    expect(made.baseUrl).toBe(github.url);
    expect(row.secret).toMatch(/^v1\./);
    expect(inspect([told, row, log], { depth: null })).not.toContain(TOKEN);
    expect(log.map(({ action }) => action)).toEqual(['connection.created']);
  });

  test('that the host refuses is not kept', async () => {
    await expect(connect(team, 'ghp_wrong')).rejects.toMatchObject({ code: 'provider_unauthorized' });
    expect(await db().connection.count({ where: { teamId: team.teamId } })).toBe(0);
  });

  test('says which scope it lacks', async () => {
    github.addToken('ghp_narrow', { scopes: ['read:org'] });

    expect(await connect(team, 'ghp_narrow')).toMatchObject({ missingScopes: ['repo'], status: 'connected' });
  });

  test.each([
    ['https://127.0.0.9', 'outgoing_unreachable'],
    ['https://10.0.0.1', 'outgoing_address_refused'],
    ['https://user:pass@git.example.com', 'invalid_request'],
    ['http://git.example.com', 'outgoing_protocol_refused'],
  ])('does not go to %s', async (baseUrl, code) => {
    const asked = createConnection(team.as('admin'), team.teamId, { provider: 'github', baseUrl, token: TOKEN });

    await expect(asked).rejects.toMatchObject({ code });
  });

  test('is made, changed and taken away by admins alone, and is not there for other teams', async () => {
    const { connectionId } = await connect();
    const other = await createTeam();

    const member = team.as('member');
    await expect(connect({ ...team, as: () => member })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeConnection(member, team.teamId, connectionId, { name: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listConnections(team.as('viewer'), team.teamId)).rejects.toMatchObject({ code: 'forbidden' });
    for (const run of [getConnection, deleteConnection, checkConnection]) {
      await expect(run(other.as('owner'), team.teamId, connectionId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(run(other.as('owner'), other.teamId, connectionId)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('goes on with another token in its place', async () => {
    const { connectionId } = await connect();
    github.tokens.delete(TOKEN);
    github.addToken('ghp_next', { login: 'hubot' });
    expect(await checkConnection(team.as('admin'), team.teamId, connectionId)).toMatchObject({ status: 'reconnect' });

    await expect(
      changeConnection(team.as('admin'), team.teamId, connectionId, { token: 'ghp_wrong' }),
    ).rejects.toMatchObject({ code: 'provider_unauthorized' });
    const changed = await changeConnection(team.as('admin'), team.teamId, connectionId, { token: 'ghp_next' });

    expect(changed).toMatchObject({ status: 'connected', account: 'hubot', problem: null });
    expect((await listHostOwners(team.as('member'), team.teamId, connectionId, undefined)).items[0]?.path).toBe(
      'hubot',
    );
  });
});

describe('access that is lost', () => {
  test('is noted once, asks nothing more, and comes back with a check', async () => {
    const { connectionId } = await connect();
    const list = () => listHostOwners(team.as('member'), team.teamId, connectionId, undefined);
    github.tokens.delete(TOKEN);

    await expect(list()).rejects.toMatchObject({ code: 'provider_unauthorized' });
    const asked = github.requests.length;
    await expect(list()).rejects.toMatchObject({ code: 'provider_unauthorized' });

    expect(github.requests).toHaveLength(asked);
    expect(await db().auditLogEntry.count({ where: { teamId: team.teamId, action: 'connection.lost' } })).toBe(1);
    github.addToken(TOKEN);
    expect(await checkConnection(team.as('admin'), team.teamId, connectionId)).toMatchObject({ status: 'connected' });
    expect((await list()).items.length).toBeGreaterThan(0);
  });

  test('for the time of the token is over is told as that, where the host refuses it like any other', async () => {
    github.addToken('ghp_short', { expiresAt: '2120-01-02 03:04:05 UTC' });
    const { connectionId } = await connect(team, 'ghp_short');
    github.addToken('ghp_short', { expiresAt: '2020-01-02 03:04:05 UTC' });
    await db().connection.updateMany({ where: { id: connectionId }, data: { expiresAt: new Date('2020-01-02') } });
    const list = () => listHostOwners(team.as('member'), team.teamId, connectionId, undefined);

    await expect(list()).rejects.toMatchObject({ code: 'provider_token_expired' });
    await expect(list()).rejects.toMatchObject({ code: 'provider_token_expired' });
    const lost = { status: 'reconnect', problem: 'provider_token_expired' };
    expect(await getConnection(team.as('member'), team.teamId, connectionId)).toMatchObject(lost);
    expect(await checkConnection(team.as('admin'), team.teamId, connectionId)).toMatchObject(lost);

    github.addToken('ghp_new');
    const changed = await changeConnection(team.as('admin'), team.teamId, connectionId, { token: 'ghp_new' });
    expect(changed).toMatchObject({ status: 'connected', problem: null, expiresAt: null });
  });

  test('while a job fetches is told for what it is, without a storm of tries', async () => {
    const { connectionId } = await connect();
    const { projectId } = await createProject(team.as('member'), { repositoryUrl: `${github.url}/acme/shop` });
    const project = await db().project.findFirstOrThrow({ where: { id: projectId } });
    github.tokens.delete(TOKEN);

    const read = () => readFetched(project, { signal: AbortSignal.timeout(20_000) }, async () => 'read');
    await expect(read()).rejects.toMatchObject({ code: 'provider_unauthorized' });
    const asked = github.requests.length;
    await expect(read()).rejects.toMatchObject({ code: 'provider_unauthorized' });

    expect(github.requests).toHaveLength(asked);
    expect(await getConnection(team.as('member'), team.teamId, connectionId)).toMatchObject({
      status: 'reconnect',
      problem: 'provider_unauthorized',
      projects: 1,
    });
  });
});

describe('registering through a connection', () => {
  test('reads what anybody may not, with the team’s account for that host', async () => {
    const address = { repositoryUrl: `${github.url}/acme/shop` };
    const before = await checkRegistration(team.as('member'), address);
    const { connectionId, name } = await connect();

    const check = await checkRegistration(team.as('member'), address);
    const { projectId } = await createProject(team.as('member'), address);

    expect(before.checks.at(-1)).toMatchObject({ outcome: 'failed', detail: { id: 'repository_auth_required' } });
    expect(check).toMatchObject({ canRegister: true, connection: { connectionId, name } });
    expect(await db().project.findFirstOrThrow({ where: { id: projectId } })).toMatchObject({
      connectionId,
      provider: 'github',
      providerPath: 'acme/shop',
      providerRepositoryId: String(github.repositories[0]?.id),
      repositoryUrl: `${github.url}/acme/shop.git`,
    });
  });

  test('keeps what it reads from other teams that register the same address', async () => {
    await connect();
    const { projectId } = await createProject(team.as('member'), { repositoryUrl: `${github.url}/acme/shop` });
    const project = await db().project.findFirstOrThrow({ where: { id: projectId } });
    await readFetched(project, { signal: AbortSignal.timeout(30_000) }, async () => 'read');

    const commit = source.head;
    const signal = AbortSignal.timeout(20_000);

    expect(await openKept(project, commit, signal)).toBeDefined();
    await expect(openKept({ ...project, connectionId: null }, commit, signal)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(openKept({ ...project, connectionId: randomUUID() }, commit, signal)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(mirrorName(project.canonicalKey, project.connectionId)).not.toBe(mirrorName(project.canonicalKey, null));
  });

  test.each<[string, (host: FakeGitHub) => void, string, string]>([
    ['not found or hidden', () => {}, 'acme/none', 'provider_not_found'],
    ['empty', (host) => host.addRepository('acme/empty', { isPrivate: true }), 'acme/empty', 'repository_empty'],
    [
      'fetched from another host',
      (host) => host.answerNext(/api\/v3\/repos\/acme\/odd/, { body: foreign(host.url) }),
      'acme/odd',
      'reachable_foreign_clone',
    ],
    [
      'too large',
      (host) =>
        host.answerNext(/api\/v3\/repos\/acme\/big/, {
          body: { ...foreign(host.url), size: 9e9, clone_url: `${host.url}/acme/big.git` },
        }),
      'acme/big',
      'repository_too_large',
    ],
  ])('says that it is %s', async (_what, prepare, path, sentence) => {
    const { connectionId } = await connect();
    prepare(github);

    const repositoryUrl = `${github.url}/${path}`;
    const { checks } = await checkRegistration(team.as('member'), { repositoryUrl, connectionId });

    expect(checks.at(-1)).toMatchObject({ id: 'reachable', outcome: 'failed', detail: { id: sentence } });
  });

  test('says which scope the token lacks, which branch there is not, and that a connection is for another host', async () => {
    github.addToken('ghp_narrow', { scopes: ['read:org'] });
    const [whole, narrow] = [await connect(), await connect(team, 'ghp_narrow')];
    const ask = async (request: object) => {
      const repositoryUrl = `${github.url}/acme/shop`;
      return (await checkRegistration(team.as('member'), { repositoryUrl, ...request })).checks.at(-1);
    };

    expect(await ask({ connectionId: narrow.connectionId })).toMatchObject({
      detail: { id: 'provider_scope_missing', data: { needed: 'repo' } },
    });
    expect(await ask({ connectionId: whole.connectionId, branch: 'none' })).toMatchObject({
      id: 'branch',
      detail: { id: 'repository_no_such_branch' },
    });
    expect(
      await ask({ connectionId: whole.connectionId, repositoryUrl: 'https://github.com/acme/shop' }),
    ).toMatchObject({ detail: { id: 'reachable_other_host' } });
  });

  test('does not take the connection of another team', async () => {
    const { connectionId } = await connect();
    const other = await createTeam();

    const asked = checkRegistration(other.as('owner'), { repositoryUrl: `${github.url}/acme/shop`, connectionId });

    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  test('finds a renamed repository where it is now', async () => {
    await connect();
    github.rename('acme/shop', 'acme/store');

    const { repositoryUrl } = await checkRegistration(team.as('member'), { repositoryUrl: `${github.url}/acme/shop` });

    expect(repositoryUrl).toBe(`${github.url}/acme/store.git`);
  });
});

test('a connection to GitLab says that the token may not fetch', async () => {
  const gitlab: FakeGitLab = await startFakeGitLab();
  await using _gone = gitlab;
  gitlab.groups.acme = ['tanuki'];
  gitlab.addToken('glpat-narrow', { scopes: ['read_api', 'read_user'] });
  gitlab.addProject('acme/shop', { isPrivate: true, gitDir: source.path });
  const made = await createConnection(team.as('admin'), team.teamId, {
    provider: 'gitlab',
    baseUrl: gitlab.url,
    token: 'glpat-narrow',
  });

  const { checks } = await checkRegistration(team.as('member'), { repositoryUrl: `${gitlab.url}/acme/shop` });

  expect(made.missingScopes).toEqual(['read_repository']);
  expect(checks.at(-1)).toMatchObject({
    detail: { id: 'provider_scope_missing', data: { needed: 'read_repository' } },
  });
});

describe('many at once', () => {
  test('are listed with those that are registered, and imported once', async () => {
    const { connectionId } = await connect();
    for (const name of ['a', 'b']) github.addRepository(`acme/${name}`, { isPrivate: true, gitDir: source.path });
    github.addRepository('acme/old', { isArchived: true });
    github.addRepository('acme/fork', { isFork: true });
    const list = (filter: object = {}) =>
      listHostRepositories(team.as('member'), team.teamId, connectionId, 'acme', filter);
    const request = { connectionId, repositories: ['acme/a', 'acme/b', 'acme/shop', 'acme/none', 'acme/a'] };

    const first = await importProjects(team.as('member'), team.teamId, request);
    const second = await importProjects(team.as('member'), team.teamId, request);

    expect(first.items.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created', 'refused']);
    expect(first.items.at(-1)?.code).toBe('provider_not_found');
    expect(second.items.map(({ outcome }) => outcome)).toEqual(['exists', 'exists', 'exists', 'refused']);
    const { items } = await list();
    expect(items.map(({ path, project }) => [path, project?.projectName])).toEqual([
      ['acme/shop', 'shop'],
      ['acme/a', 'a'],
      ['acme/b', 'b'],
    ]);
    expect((await list({ archived: true, forks: true })).items).toHaveLength(5);
    expect((await list({ search: 'SHO' })).items.map(({ path }) => path)).toEqual(['acme/shop']);
  });
});

describe('a file of projects', () => {
  const apply = (file: string, dryRun = false) =>
    applyProjectsFile(team.as('admin'), team.teamId, { file, dryRun }).then(({ items }) =>
      items.map(({ line, outcome, code }) => [line, outcome, code]),
    );

  test('makes, changes, and leaves alone; a dry run only says so', async () => {
    const { name } = await connect();
    const entry = `projects:\n  - repository: ${github.url}/acme/shop\n    connection: "${name}"\n`;

    expect(await apply(entry, true)).toEqual([[2, 'created', null]]);
    expect(await db().project.count({ where: { teamId: team.teamId } })).toBe(0);
    expect(await apply(entry)).toEqual([[2, 'created', null]]);
    expect(await apply(entry)).toEqual([[2, 'unchanged', null]]);
    expect(await apply(`${entry}    name: The shop\n`)).toEqual([[2, 'changed', null]]);
    expect(await apply(`${entry}    branch: other\n`)).toEqual([[2, 'refused', 'unprocessable']]);
    expect(await db().project.findFirstOrThrow({ where: { teamId: team.teamId } })).toMatchObject({ name: 'The shop' });
  });

  test('removes only what a file brought, and only when it says so', async () => {
    await connect();
    github.addRepository('acme/mine', { gitDir: source.path });
    await createProject(team.as('member'), { repositoryUrl: `${github.url}/acme/mine` });
    await apply(`projects: [{ repository: "${github.url}/acme/shop" }]`);

    expect(await apply('projects: []')).toEqual([]);
    expect(await apply('{"projects": [], "prune": true}', true)).toEqual([[null, 'removed', null]]);
    expect(await apply('projects: []\nprune: true')).toEqual([[null, 'removed', null]]);
    expect(await db().project.findMany({ where: { teamId: team.teamId } })).toMatchObject([{ name: 'mine' }]);
  });

  test('removes nothing while one of its lines is refused', async () => {
    await connect();
    await apply(`projects: [{ repository: "${github.url}/acme/shop" }]`);

    const items = await apply(`projects:\n  - repository: ${github.url}/acme/none\nprune: true\n`);

    expect(items).toEqual([[2, 'refused', 'provider_not_found']]);
    expect(await db().project.count({ where: { teamId: team.teamId } })).toBe(1);
  });

  test.each([
    ['projects: &a [*a]', /anchors|aliases/],
    ['projects: !!js/function "x"', /tags/],
    ['projects: []\nprojects: []', /line 2/],
    ['projects: {}', /line 1/],
    ['nothing: []', /line 1/],
    ['[[[[[[', /YAML/],
  ])('is refused whole: %s', async (file, problem) => {
    await expect(apply(file)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(problem),
    });
  });

  test('names the line of what is wrong in one project, and goes on with the others', async () => {
    await connect();
    const file = `projects:\n  - repository: ${github.url}/acme/shop\n  - repository: 3\n  - address: x\n  - repository: https://u:secret@h.example/a/b\n`;

    expect(await apply(file)).toEqual([
      [2, 'created', null],
      [3, 'refused', 'invalid_request'],
      [4, 'refused', 'invalid_request'],
      [5, 'refused', 'invalid_request'],
    ]);
  });
});

describe('an App', () => {
  test('is made, installed, and reads with a token of an hour that is kept nowhere', async () => {
    const ctx = await person(team);
    const { installationId, installState } = await installApp(ctx);

    const connectionId = await completeInstallation(ctx, team.teamId, { installationId, state: installState });
    const { projectId } = await createProject(team.as('member'), { repositoryUrl: `${github.url}/acme/shop` });

    const view = await getConnection(team.as('member'), team.teamId, connectionId);
    expect(view).toMatchObject({ kind: 'app', account: 'acme', status: 'connected', projects: 1 });
    expect(await db().project.findFirstOrThrow({ where: { id: projectId } })).toMatchObject({ connectionId });
    const made = () => github.requests.filter(({ path }) => path.endsWith('/access_tokens')).length;
    expect(made()).toBe(1);
    const rows = await Promise.all([db().connection.findMany(), db().providerApp.findMany()]);
    expect(JSON.stringify(rows)).not.toMatch(/ghs_|PRIVATE KEY/);
  });

  test('is asked to read administration, by which the whole rule of a branch is told', async () => {
    const rule = {
      ...{ allowsDeletions: false, allowsForcePushes: false, dismissesStaleReviews: true, isAdminEnforced: true },
      ...{ requiredApprovingReviewCount: 2, requiredStatusCheckContexts: ['test'], requiresApprovingReviews: true },
      ...{ requiresCodeOwnerReviews: true, requiresStatusChecks: true },
    };
    github.addRepository('acme/ruled', { told: { ...nothingTold(), rules: [], rule } });
    const ctx = await person(team);
    const { form, installationId, installState } = await installApp(ctx);
    const connectionId = await completeInstallation(ctx, team.teamId, { installationId, state: installState });
    const { client, provider } = await openConnectionOf(connectionId);

    const question = { path: 'acme/ruled', branch: 'main', commitId: 'a'.repeat(40), since: 0 };
    const protection = await provider.evidence.protection?.(client, question);

    expect(JSON.parse(form.manifest).default_permissions).toMatchObject({ administration: 'read', contents: 'read' });
    expect(protection).toMatchObject({ isEnforcedForAdmins: true, dismissesStaleApprovals: true });
    const view = await getConnection(team.as('member'), team.teamId, connectionId);
    expect(view).toMatchObject({ scopes: expect.arrayContaining(['administration: read']), missingScopes: [] });
  });

  test('is completed once, by who began, within the hour', async () => {
    const [ctx, other] = [await person(team), await person(team)];
    const { code, state, installationId, installState } = await installApp(ctx);
    const back = { installationId, state: installState };

    await expect(completeApp(ctx, team.teamId, { code, state })).rejects.toMatchObject({ code: 'gone' });
    await expect(completeInstallation(other, team.teamId, back)).rejects.toMatchObject({ code: 'gone' });
    await db().connectionState.updateMany({ where: { usedAt: null }, data: { expiresAt: new Date() } });
    await expect(completeInstallation(ctx, team.teamId, back)).rejects.toMatchObject({ code: 'gone' });
    expect(await db().connection.count({ where: { teamId: team.teamId } })).toBe(0);
  });

  test('has the installations that the host tells of, whatever the address says', async () => {
    const ctx = await person(team);
    const { installState } = await installApp(ctx);
    const { id } = github.installations[0] ?? { id: 0 };
    github.installations.push({ id: id + 900, appId: 1, account: 'victim', isSuspended: false, repositories: null });

    const forged = completeInstallation(ctx, team.teamId, { installationId: String(id + 900), state: installState });

    await expect(forged).rejects.toMatchObject({ code: 'provider_not_found' });
    expect(await db().connection.count({ where: { teamId: team.teamId } })).toBe(0);
  });

  test('that is suspended is shown so, and asked no more', async () => {
    const ctx = await person(team);
    const { installationId, installState } = await installApp(ctx);
    const connectionId = await completeInstallation(ctx, team.teamId, { installationId, state: installState });
    const list = () => listHostOwners(team.as('member'), team.teamId, connectionId, undefined);
    await list();
    for (const installation of github.installations) installation.isSuspended = true;

    await expect(list()).rejects.toMatchObject({ code: 'provider_suspended' });
    const asked = github.requests.length;
    await expect(list()).rejects.toMatchObject({ code: 'provider_suspended' });

    expect(github.requests).toHaveLength(asked);
    expect(await getConnection(team.as('member'), team.teamId, connectionId)).toMatchObject({ status: 'suspended' });
    github.installations.length = 0;
    expect(await checkConnection(ctx, team.teamId, connectionId)).toMatchObject({ status: 'suspended' });
  });

  test('of another team is not there', async () => {
    const ctx = await person(team);
    await installApp(ctx);
    const { id } = await db().providerApp.findFirstOrThrow({ where: { teamId: team.teamId } });
    const other = await createTeam();

    await expect(beginInstallation(await person(other), other.teamId, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

function foreign(url: string) {
  return {
    ...{
      id: 1,
      full_name: 'acme/odd',
      clone_url: 'https://evil.example.com/acme/odd.git',
      html_url: `${url}/acme/odd`,
    },
    ...{
      default_branch: 'main',
      private: true,
      archived: false,
      fork: false,
      size: 1,
      pushed_at: '2026-11-01T00:00:00Z',
    },
  };
}
