import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type NotifiedTeam, notifiedTeam } from '@/tests/support/notified-team';
import { type FakeGitHub, startFakeGitHub } from '@/tests/support/providers/fake-github';
import { getConnection } from './connections';
import { readInstallation } from './installations';
import { newRowId, seal } from './sealed-columns';

const INSTALLATION = 9;

let database: TestDatabase;
let host: FakeGitHub;
let team: NotifiedTeam;
let connectionId: string;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

beforeEach(async () => {
  host = await startFakeGitHub();
  team = await notifiedTeam();
  connectionId = await installed();
});

afterEach(() => host[Symbol.asyncDispose]());

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function installed(): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  host.apps.push({ id: 71, slug: 'elder', name: 'Elder', setupUrl: '', publicKey: pem, attempts: [] });
  host.installations.push({ id: INSTALLATION, appId: 71, account: 'acme', isSuspended: false, repositories: null });
  const id = newRowId();
  const { teamId } = team;
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const opened = JSON.stringify({ privateKey: key, webhookSecret: 'w', clientSecret: 'c' });
  const secrets = await seal('provider_apps.secrets', { teamId, rowId: id }, opened);
  const ofHost = { teamId, provider: 'github', baseUrl: host.url };
  const app = { id, externalId: '71', slug: 'elder', name: 'Elder', clientId: 'x', secrets };
  await db().providerApp.create({ data: { ...ofHost, ...app } });
  const kept = { kind: 'app', appId: id, installationId: String(INSTALLATION), account: 'acme' };
  return (await db().connection.create({ data: { ...ofHost, ...kept, name: 'GitHub' } })).id;
}

const read = () => readInstallation(connectionId, AbortSignal.timeout(20_000), logger());
const connection = () => db().connection.findFirstOrThrow({ where: { id: connectionId } });
const problemOf = async (id: string) => (await db().project.findFirstOrThrow({ where: { id } })).accessProblem;

function suspend(isSuspended: boolean): void {
  for (const installation of host.installations) installation.isSuspended = isSuspended;
}

async function projectOf(path: string, more: object = {}): Promise<string> {
  const { teamId } = team;
  const values = { name: path, canonicalKey: randomUUID(), branch: 'main', repositoryUrl: `${host.url}/${path}.git` };
  const data = { teamId, connectionId, provider: 'github', providerPath: path, ...values, ...more };
  return (await db().project.create({ data })).id;
}

async function logged(): Promise<unknown[]> {
  const entries = await db().auditLogEntry.findMany({ where: { target: connectionId }, orderBy: { id: 'asc' } });
  return entries.map(({ action, actorId, before, after }) => ({ action, actorId, before, after }));
}

test('a suspended App is told of once, in the log and to the channels, and its return is logged', async () => {
  await team.addChannel({
    kind: 'webhook',
    name: 'Hook',
    address: 'https://hooks.example.com/1',
    events: ['access_lost'],
  });
  const projectId = await projectOf('acme/shop', { accessProblem: 'provider_suspended' });
  suspend(true);

  await read();
  await read();
  expect(await connection()).toMatchObject({ status: 'suspended', problem: 'provider_suspended' });
  suspend(false);
  host.addRepository('acme/shop', { isPrivate: true });
  await read();

  expect(await connection()).toMatchObject({ status: 'connected', problem: null });
  expect(await problemOf(projectId)).toBeNull();
  expect(await db().notice.count({ where: { teamId: team.teamId, kind: 'access_lost' } })).toBe(1);
  expect(await logged()).toEqual([
    {
      action: 'connection.lost',
      actorId: null,
      before: null,
      after: { name: 'GitHub', status: 'suspended', projects: 1 },
    },
    {
      action: 'connection.changed',
      actorId: null,
      before: { status: 'suspended' },
      after: { name: 'GitHub', status: 'connected' },
    },
  ]);
});

test('an App that was taken off the host is lost', async () => {
  host.installations.length = 0;

  await read();

  expect(await connection()).toMatchObject({ status: 'suspended', problem: 'provider_suspended' });
  expect(await logged()).toMatchObject([{ action: 'connection.lost' }]);
});

test('an installation that is suspended stays so, whatever asked for the look', async () => {
  suspend(true);
  await db().connection.update({ where: { id: connectionId }, data: { status: 'suspended' } });

  await read();

  expect(await connection()).toMatchObject({ status: 'suspended' });
  expect(await logged()).toEqual([]);
});

test('an answer that came late changes nothing of a newer one', async () => {
  suspend(true);
  await db().connection.update({ where: { id: connectionId }, data: { checkedAt: new Date(Date.now() + 60_000) } });

  await read();

  expect(await connection()).toMatchObject({ status: 'connected' });
  expect(await logged()).toEqual([]);
});

test('a host that cannot be asked changes nothing, and is asked again', async () => {
  host.answerNext(/app\/installations/, { status: 502, body: {} }, 10);

  await expect(read()).rejects.toMatchObject({ code: 'provider_unavailable' });

  expect(await connection()).toMatchObject({ status: 'connected' });
});

test('permissions are those of today, and what reading lacks is named', async () => {
  const answer = { id: INSTALLATION, app_id: 71, account: { login: 'acme' }, suspended_at: null };
  host.answerNext(/app\/installations/, { body: { ...answer, permissions: { metadata: 'read' } } });
  const view = async () => getConnection(await team.admin.ask(), team.teamId, connectionId);

  await read();
  expect(await view()).toMatchObject({ scopes: ['metadata: read'], missingScopes: ['contents: read'] });
  await read();

  expect(await view()).toMatchObject({ missingScopes: [], problem: null, status: 'connected' });
  expect((await connection()).scopes).toContain('contents: read');
});

test('a repository that was taken out of the installation cannot be read until it is back', async () => {
  const { id } = host.addRepository('acme/shop', { isPrivate: true });
  host.addRepository('acme/open');
  host.addRepository('acme/kept', { isPrivate: true });
  const shop = await projectOf('acme/shop', { providerRepositoryId: String(id) });
  const [open, kept] = [await projectOf('acme/open'), await projectOf('acme/kept')];
  const [installation] = host.installations;
  const holds = (paths: string[]) => Object.assign(installation ?? {}, { repositories: paths });
  const problems = async () => Promise.all([shop, open, kept].map(problemOf));

  holds(['acme/kept']);
  await read();
  expect(await problems()).toEqual(['repository_not_found', null, null]);
  holds(['acme/kept', 'acme/shop']);
  await read();

  expect(await problems()).toEqual([null, null, null]);
});
