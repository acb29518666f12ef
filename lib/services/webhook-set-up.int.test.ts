import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import { JOBS } from '@/lib/queues/catalog';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { makeRepository, pushSketch, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { startFakeGitLab } from '@/tests/support/providers/fake-gitlab';
import { compareBranches } from './branch-comparison';
import { processDelivery } from './delivery-processing';
import { askForMissedDeliveries } from './missed-deliveries';
import { deleteProject } from './project-changes';
import { getWebhook, rotateWebhook } from './project-webhooks';
import { getProjectOverview } from './projects';
import { newRowId, seal } from './sealed-columns';
import { noteSetUpProblem, removeWebhook, setUpWebhook } from './webhook-set-up';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

beforeEach(async () => {
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function newProject(more: object): Promise<string> {
  const data = {
    teamId: team.teamId,
    name: 'Shop',
    canonicalKey: randomUUID(),
    branch: 'main',
    repositoryUrl: '/nowhere',
  };
  return (await db().project.create({ data: { ...data, ...more } })).id;
}

describe('a webhook that we set up', () => {
  async function connected(host: FakeGitHub, more: Parameters<FakeGitHub['addToken']>[1] = {}) {
    const token = host.addToken(`ghp_${randomUUID()}`, more);
    host.addRepository('acme/shop');
    const id = newRowId();
    const { teamId } = team;
    const secret = await seal('connections.secret', { teamId, rowId: id }, token);
    const values = { provider: 'github', name: 'GitHub', baseUrl: host.url, kind: 'token', account: 'octocat' };
    await db().connection.create({ data: { id, teamId, secret, ...values } });
    const url = `${host.url}/acme/shop`;
    return newProject({ connectionId: id, provider: 'github', providerPath: 'acme/shop', repositoryUrl: url });
  }

  test('is made once at the host, and shown as ours', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host);

    await setUpWebhook(projectId, logger());
    await setUpWebhook(projectId, logger());

    const view = await getWebhook(team.as('admin'), projectId);
    expect(host.repositories[0]?.hooks).toMatchObject([{ config: { url: view.url, content_type: 'json' } }]);
    expect(view).toMatchObject({
      host: 'github',
      isHostKnown: true,
      setUp: 'automatic',
      problem: null,
      state: 'waiting',
    });
  });

  test('is told its new secret', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host);
    await setUpWebhook(projectId, logger());

    await rotateWebhook(team.as('admin'), projectId);

    const jobs = await db().outboxJob.findMany({ where: { name: 'webhook.set-up' } });
    expect(jobs.map(({ payload }) => payload)).toContainEqual({ projectId });
  });

  test('goes from the host with its project', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host);
    await setUpWebhook(projectId, logger());
    const { connectionId } = await db().project.findFirstOrThrow({ where: { id: projectId } });

    await deleteProject(team.as('admin'), projectId);
    const [job] = await db().outboxJob.findMany({ where: { name: 'webhook.remove' } });
    const payload = JOBS['webhook.remove'].payload.parse(job?.payload);
    await removeWebhook(payload, logger());
    await removeWebhook(payload, logger());

    expect(payload).toMatchObject({ connectionId, providerPath: 'acme/shop' });
    expect(host.repositories[0]?.hooks).toEqual([]);
  });

  test('stays where its connection is gone', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host);
    await setUpWebhook(projectId, logger());
    const hook = { connectionId: randomUUID(), providerPath: 'acme/shop', externalId: '1' };

    await removeWebhook(hook, logger());

    expect(host.repositories[0]?.hooks).toHaveLength(1);
  });

  test('made by hand is left alone when its project goes', async () => {
    const projectId = await newProject({});
    await getWebhook(team.as('admin'), projectId);
    const before = await db().outboxJob.count({ where: { name: 'webhook.remove' } });

    await deleteProject(team.as('admin'), projectId);

    expect(await db().outboxJob.count({ where: { name: 'webhook.remove' } })).toBe(before);
  });

  test('that nobody answered is sent again by the host, once, and what we refused is not', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host);
    await setUpWebhook(projectId, logger());
    const { attempts = [] } = host.repositories[0] ?? {};
    const told = (id: number, guid: string, status_code: number, daysAgo = 0) =>
      attempts.push({
        id,
        guid,
        status_code,
        delivered_at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
        redelivery: false,
      });
    told(1, 'too-old', 502, 4);
    for (let id = 2; id < 120; id += 1) told(id, `taken-${id}`, 202);
    told(120, 'mended', 0);
    told(121, 'mended', 202);
    told(122, 'lost', 502);
    told(123, 'refused', 401);
    for (const id of [124, 125, 126]) told(id, 'hopeless', 504);
    attempts.unshift({
      ...(attempts[5] as (typeof attempts)[number]),
      id: 0,
      guid: 'on-the-next-page',
      status_code: 0,
    });

    expect(await askForMissedDeliveries(projectId)).toBe(2);
    expect(await askForMissedDeliveries(projectId)).toBe(0);

    const sentAgain = attempts.filter(({ redelivery }) => redelivery).map(({ guid }) => guid);
    expect(sentAgain.sort()).toEqual(['lost', 'on-the-next-page']);
  });

  test('that the token may not make is left to a person', async () => {
    await using host = await startFakeGitHub();
    const projectId = await connected(host, { scopes: ['repo'], administers: false });

    const error = await setUpWebhook(projectId, logger()).catch((thrown: unknown) => thrown);
    const code = isAppError(error) ? error.code : 'none';
    await noteSetUpProblem(db(), projectId, code);

    expect(code).toMatch(/^provider_/);
    expect(await getWebhook(team.as('admin'), projectId)).toMatchObject({ setUp: 'manual', problem: code });
  });

  test('is not tried for a project without a connection', async () => {
    const projectId = await newProject({});

    await setUpWebhook(projectId, logger());

    expect(await getWebhook(team.as('admin'), projectId)).toMatchObject({ setUp: 'manual', isHostKnown: false });
  });
});

describe('an App of a host', () => {
  const privateKeyOf = () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    };
  };

  test('is asked for what nobody answered every half hour, and at once after it gave no answer', async () => {
    await using host = await startFakeGitHub();
    const { publicKey, privateKey } = privateKeyOf();
    const attempts: FakeGitHub['apps'][number]['attempts'] = [];
    host.apps.push({ id: 71, slug: 'elder', name: 'Elder', setupUrl: '', publicKey, attempts });
    const lose = (id: number) =>
      attempts.unshift({
        ...{ id, guid: `lost-${id}`, status_code: 503, redelivery: false },
        delivered_at: new Date().toISOString(),
      });
    const id = newRowId();
    const { teamId } = team;
    const sealKey = (key: string) => {
      const secrets = { privateKey: key, webhookSecret: 'w', clientSecret: 'c' };
      return seal('provider_apps.secrets', { teamId, rowId: id }, JSON.stringify(secrets));
    };
    const ofHost = { teamId, provider: 'github', baseUrl: host.url };
    const app = { id, externalId: '71', slug: 'elder', name: 'Elder', clientId: 'x' };
    await db().providerApp.create({ data: { ...ofHost, ...app, secrets: await sealKey(privateKeyOf().privateKey) } });
    const { id: connectionId } = await db().connection.create({
      data: { ...ofHost, name: 'GitHub', kind: 'app', appId: id, installationId: '9', account: 'acme' },
    });
    const projectId = await newProject({ connectionId, provider: 'github', providerPath: 'acme/shop' });
    lose(1);

    await expect(askForMissedDeliveries(projectId)).rejects.toMatchObject({ code: 'provider_unauthorized' });
    await db().providerApp.updateMany({ where: { id }, data: { secrets: await sealKey(privateKey) } });
    expect(await askForMissedDeliveries(projectId)).toBe(1);
    lose(2);
    expect(await askForMissedDeliveries(projectId)).toBe(0);
    const askedForMissedAt = new Date(Date.now() - 31 * 60_000);
    await db().providerApp.updateMany({ where: { id }, data: { askedForMissedAt } });
    expect(await askForMissedDeliveries(projectId)).toBe(1);
  });
});

test('a push that nobody told of is found by asking, once, and audited', async () => {
  await using directory = await temporaryDirectory();
  await mkdir(join(directory.path, 'acme'));
  const gitDir = await makeRepository(join(directory.path, 'acme', 'shop.git'), { files: { 'a.ts': 'let a = 1;\n' } });
  await using remote = await serveGit(directory.path);
  const createdAt = new Date(Date.now() - 3_600_000);
  const repositoryUrl = `${remote.url}/acme/shop.git`;
  const projectId = await newProject({ repositoryUrl, createdAt, nextAuditNumber: 2 });
  const audited = { projectId, number: 1, kind: 'full', trigger: 'registration', branch: 'main', policy: {} };
  await db().audit.create({ data: { ...audited, status: 'completed', commitId: 'a'.repeat(40) } });
  await pushSketch(gitDir, { files: { 'a.ts': 'let a = 2;\n' } });

  expect(await compareBranches(logger())).toBe(1);
  expect(await compareBranches(logger())).toBe(0);
  await db().projectWebhook.updateMany({ where: { projectId }, data: { comparedAt: createdAt } });
  expect(await compareBranches(logger())).toBe(0);

  const [delivery, ...more] = await db().webhookDelivery.findMany({ where: { projectId } });
  expect(more).toEqual([]);
  expect(delivery).toMatchObject({ source: 'poll', event: 'poll', status: 'received' });
  await processDelivery(delivery?.id ?? '', logger());
  expect(await db().audit.findMany({ where: { projectId, trigger: 'push' } })).toMatchObject([{ status: 'queued' }]);
  expect(await getWebhook(team.as('admin'), projectId)).toMatchObject({ state: 'waiting' });
});

test('a repository that is gone without a word is noticed by asking, and so is one that is back', async () => {
  await using directory = await temporaryDirectory();
  await mkdir(join(directory.path, 'acme'));
  const gitDir = await makeRepository(join(directory.path, 'acme', 'gone.git'), { files: { 'a.ts': 'let a = 1;\n' } });
  await using remote = await serveGit(directory.path);
  const createdAt = new Date(Date.now() - 3_600_000);
  const projectId = await newProject({ repositoryUrl: `${remote.url}/acme/gone.git`, createdAt });
  const problem = async () => {
    await db().projectWebhook.updateMany({ where: { projectId }, data: { comparedAt: createdAt } });
    await compareBranches(logger());
    return (await db().project.findFirstOrThrow({ where: { id: projectId } })).accessProblem;
  };
  await rename(gitDir, `${gitDir}.away`);

  expect(await problem()).toBe('repository_not_found');
  await rename(`${gitDir}.away`, gitDir);
  expect(await problem()).toBeNull();
  await db().project.update({ where: { id: projectId }, data: { accessProblem: 'repository_no_such_branch' } });
  expect(await problem()).toBe('repository_no_such_branch');
});

test('a repository that is archived without a word is asked for no more than that, until it is not', async () => {
  await using host = await startFakeGitLab();
  const token = host.addToken('glpat-one');
  const repository = host.addProject('acme/shop');
  const { teamId } = team;
  const connectionId = newRowId();
  const secret = await seal('connections.secret', { teamId, rowId: connectionId }, token);
  const values = { provider: 'gitlab', name: 'GitLab', baseUrl: host.url, kind: 'token', account: 'tanuki' };
  await db().connection.create({ data: { id: connectionId, teamId, secret, ...values } });
  const createdAt = new Date(Date.now() - 3_600_000);
  const identity = { provider: 'gitlab', providerPath: 'acme/shop', providerRepositoryId: String(repository.id) };
  const repositoryUrl = `${host.url}/acme/shop.git`;
  const projectId = await newProject({ ...identity, repositoryUrl, connectionId, createdAt });
  const round = async (isArchived: boolean) => {
    repository.isArchived = isArchived;
    await db().projectWebhook.updateMany({ where: { projectId }, data: { comparedAt: createdAt } });
    const before = host.requests.length;
    await compareBranches(logger());
    const overview = await getProjectOverview(team.as('viewer'), projectId);
    return { isArchived: overview.isArchived, asked: host.requests.slice(before).map(({ path }) => path) };
  };
  const metadata = expect.stringMatching(/\/projects\/[^/]+$/);

  expect(await round(true)).toEqual({ isArchived: true, asked: [metadata] });
  expect(await round(true)).toEqual({ isArchived: true, asked: [metadata] });
  const back = await round(false);
  expect(back.isArchived).toBe(false);
  expect(back.asked.length).toBeGreaterThan(1);
});

test('of other branches that are audited, those audited before are asked about, too', async () => {
  await using directory = await temporaryDirectory();
  await mkdir(join(directory.path, 'acme'));
  const gitDir = await makeRepository(join(directory.path, 'acme', 'shop.git'), { files: { 'a.ts': 'let a = 1;\n' } });
  for (const branch of ['release/1', 'release/2', 'next']) {
    await runGit(['update-ref', `refs/heads/${branch}`, 'refs/heads/main'], { gitDir });
  }
  await using remote = await serveGit(directory.path);
  const createdAt = new Date(Date.now() - 3_600_000);
  const of = await createTeam({ branches: ['release/*'] });
  const repositoryUrl = `${remote.url}/acme/shop.git`;
  const projectId = await newProject({ teamId: of.teamId, repositoryUrl, createdAt, nextAuditNumber: 3 });
  const audited = { projectId, kind: 'full', trigger: 'push', policy: {}, status: 'completed' } as const;
  const commitId = 'a'.repeat(40);
  await db().audit.create({ data: { ...audited, number: 1, branch: 'release/1', commitId } });
  await db().audit.create({ data: { ...audited, number: 2, branch: 'next', commitId } });

  await compareBranches(logger());
  await db().projectWebhook.updateMany({ where: { projectId }, data: { comparedAt: createdAt } });
  await compareBranches(logger());

  const [delivery, ...more] = await db().webhookDelivery.findMany({ where: { projectId } });
  expect(more).toEqual([]);
  await processDelivery(delivery?.id ?? '', logger());
  expect(await db().audit.findMany({ where: { projectId, status: 'queued' } })).toMatchObject([
    { branch: 'release/1', trigger: 'push' },
  ]);
});

test.each([
  ['archived, of which nobody can ask', { isArchived: true }],
  ['on this machine', { repositoryUrl: '/srv/shop' }],
  ['compared just now', { createdAt: new Date() }],
])('a repository that is %s is left alone', async (_, more) => {
  const createdAt = new Date(Date.now() - 3_600_000);
  const projectId = await newProject({ repositoryUrl: 'https://git.invalid/acme/shop', createdAt, ...more });

  await compareBranches(logger());

  expect(await db().projectWebhook.count({ where: { projectId } })).toBe(0);
});
