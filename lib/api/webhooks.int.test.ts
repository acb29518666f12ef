import { createHmac, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { ProviderId } from '@/lib/git/providers/provider';
import { providerOfSlug } from '@/lib/git/providers/webhook-forms';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { WEBHOOK_HOSTS } from '@/lib/schemas/webhooks';
import { getDelivery } from '@/lib/services/deliveries';
import { processDelivery } from '@/lib/services/delivery-processing';
import { getWebhook, rotateWebhook } from '@/lib/services/project-webhooks';
import { newRowId, seal } from '@/lib/services/sealed-columns';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { databaseName } from '@/tests/support/postgres';
import { github, gitlab, NEW, OLD, sentBy } from '@/tests/support/providers/deliveries';
import { app } from './app';
import { MAX_DELIVERY_BYTES } from './webhooks';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** Addresses are counted: each test comes from its own. */
let lastAddress = 0;
const newAddress = () => `203.0.113.${++lastAddress}`;

interface Hook {
  projectId: string;
  secret: string;
  url: string;
}

async function newHook(of: TestTeam = team): Promise<Hook> {
  const projectId = await createProject(of);
  const { secret, url } = await getWebhook(of.as('admin'), projectId);
  return { projectId, secret, url };
}

async function post(
  path: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: Uint8Array },
  address = newAddress(),
): Promise<{ status: number; body: { status?: string; code?: string; detail?: string } }> {
  const init = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.length) },
    body: Buffer.from(body),
  };
  const request = new Request(`http://localhost${path}`, init);
  const response = await app.fetch(request, { clientAddress: address });
  return { status: response.status, body: (await response.json()) as object };
}

const addressOf = ({ projectId }: Hook, host = 'github') => `/api/v1/webhooks/${host}/${projectId}`;
const rowsOf = ({ projectId }: Hook) => db().webhookDelivery.findMany({ where: { projectId } });

describe.each(WEBHOOK_HOSTS)('a webhook of %s', (host) => {
  const provider = providerOfSlug(host) as ProviderId;

  test('takes what is signed with its secret, and stores it with its job', async () => {
    const hook = await newHook();
    const sent = host === 'gitlab' ? gitlab.push() : github.push();
    const payload = host === 'azure-devops' ? { eventType: 'git.push', resource: { refUpdates: [] } } : sent.payload;
    const event = host.startsWith('bitbucket') ? 'repo:fork' : sent.event;
    const request = sentBy(provider, { event, payload }, { secret: hook.secret });

    const answer = await post(addressOf(hook, host), host.startsWith('bitbucket') ? bare(request, hook) : request);

    expect(answer).toEqual({ status: 202, body: { status: 'accepted' } });
    const [row, ...more] = await rowsOf(hook);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ provider, status: 'received', source: 'webhook' });
    const jobs = await db().outboxJob.findMany({ where: { name: 'webhook.process' } });
    expect(jobs.map(({ payload: job }) => job)).toContainEqual({ deliveryId: row?.id });
  });
});

/** An event that Bitbucket sends with nothing that we look at. */
function bare(request: { headers: Readonly<Record<string, string>> }, { secret }: Hook) {
  const body = Buffer.from('{}');
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { headers: { ...request.headers, 'x-hub-signature': `sha256=${signature}` }, body };
}

describe('a delivery', () => {
  test.each<[string, (hook: Hook) => { path?: string; request: Parameters<typeof post>[1] }]>([
    ['without a signature', () => ({ request: unsigned() })],
    ['with a wrong secret', () => ({ request: sentBy('github', github.push(), { secret: 'other' }) })],
    ['with SHA-1 alone', ({ secret }) => ({ request: signedBySha1(secret) })],
    ['for an unknown project', ({ secret }) => ({ path: `github/${randomUUID()}`, request: signed(secret) })],
    ['for no project', ({ secret }) => ({ path: 'github/no-id', request: signed(secret) })],
    ['of an unknown host', ({ secret, projectId }) => ({ path: `cvs/${projectId}`, request: signed(secret) })],
  ])('%s is refused like any other, and nothing comes of it', async (_, make) => {
    const hook = await newHook();
    const { path, request } = make(hook);

    const answer = await post(path ? `/api/v1/webhooks/${path}` : addressOf(hook), request);

    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated', detail: 'the delivery is not signed with the secret of a webhook' },
    });
    expect(await rowsOf(hook)).toEqual([]);
  });

  test('for the project of another team, signed with one’s own secret, is refused', async () => {
    const [own, theirs] = [await newHook(), await newHook(await createTeam())];

    const answer = await post(addressOf(theirs), signed(own.secret));

    expect(answer.status).toBe(401);
    expect(await rowsOf(theirs)).toEqual([]);
  });

  test('of another host than the project’s is refused', async () => {
    const hook = await newHook();
    await db().project.update({ where: { id: hook.projectId }, data: { provider: 'gitea' } });

    expect((await post(addressOf(hook), signed(hook.secret))).status).toBe(401);
  });

  test('is signed for the bytes that came', async () => {
    const hook = await newHook();
    const { headers, body } = signed(hook.secret);

    expect((await post(addressOf(hook), { headers, body: Buffer.concat([body, Buffer.from(' ')]) })).status).toBe(401);
  });

  test('that is no JSON is refused once it is known who sent it', async () => {
    const hook = await newHook();
    const body = Buffer.from('{"ref":');
    const signature = createHmac('sha256', hook.secret).update(body).digest('hex');
    const headers = { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` };

    expect(await post(addressOf(hook), { headers, body })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  test('larger than allowed is refused before it is read', async () => {
    const hook = await newHook();
    const answer = await post(addressOf(hook), { headers: {}, body: Buffer.alloc(MAX_DELIVERY_BYTES + 1) });

    expect(answer.status).toBe(413);
  });

  test('a hundred times over is one', async () => {
    const hook = await newHook();
    const request = signed(hook.secret);

    const first = await post(addressOf(hook), request);
    const rest = await Promise.all(Array.from({ length: 99 }, () => post(addressOf(hook), request)));

    expect(first.body.status).toBe('accepted');
    expect(rest.every(({ status, body }) => status === 202 && body.status === 'duplicate')).toBe(true);
    expect(await rowsOf(hook)).toHaveLength(1);
  });

  test('to several processes at once is one', async () => {
    const hook = await newHook();
    const request = signed(hook.secret);

    const answers = await Promise.all(Array.from({ length: 20 }, () => post(addressOf(hook), request)));

    expect(answers.filter(({ body }) => body.status === 'accepted')).toHaveLength(1);
    expect(await rowsOf(hook)).toHaveLength(1);
  });

  test('keeps no secret of what was sent', async () => {
    const hook = await newHook();
    const token = `ghp_${'0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r'}`;
    const { event, payload } = github.push();
    const request = sentBy(
      'github',
      { event, payload: { ...(payload as object), note: token } },
      { secret: hook.secret },
    );
    await post(addressOf(hook), request);
    const [row] = await rowsOf(hook);

    const detail = await getDelivery(team.as('admin'), hook.projectId, row?.id ?? '');

    expect(detail.payload).toMatchObject({ ref: 'refs/heads/main', after: NEW });
    expect(JSON.stringify(detail)).not.toContain(token);
  });
});

test('an address that sends much that is not signed has to wait, and shuts out nobody whose deliveries were signed', async () => {
  const [known, other] = [await newHook(), await newHook()];
  const address = newAddress();
  expect((await post(addressOf(known), signed(known.secret), address)).status).toBe(202);

  const tries = await Promise.all(Array.from({ length: 100 }, () => post(addressOf(other), unsigned(), address)));

  expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([401]));
  expect((await post(addressOf(other), unsigned(), address)).status).toBe(429);
  expect((await post(addressOf(known), signed(known.secret), address)).status).toBe(202);
  expect((await post(addressOf(other), signed(other.secret))).status).toBe(202);
});

test('the secret before is taken for a day', async () => {
  const hook = await newHook();
  const { secret } = await rotateWebhook(team.as('admin'), hook.projectId);
  expect(secret).not.toBe(hook.secret);

  expect((await post(addressOf(hook), signed(hook.secret))).status).toBe(202);
  expect((await post(addressOf(hook), signed(secret))).status).toBe(202);

  const yesterday = new Date(Date.now() - 1000);
  await db().projectWebhook.update({ where: { projectId: hook.projectId }, data: { previousUntil: yesterday } });
  expect((await post(addressOf(hook), signed(hook.secret))).status).toBe(401);
  expect((await post(addressOf(hook), signed(secret))).status).toBe(202);
});

describe('the webhook of an App', () => {
  async function newApp(secret: string) {
    const id = newRowId();
    const { teamId } = team;
    const externalId = String(Math.floor(Math.random() * 1e9));
    const opened = JSON.stringify({ privateKey: 'none', webhookSecret: secret, clientSecret: 'none' });
    const secrets = await seal('provider_apps.secrets', { teamId, rowId: id }, opened);
    const values = { provider: 'github', baseUrl: 'https://github.com', slug: 'elder', name: 'Elder', clientId: 'x' };
    await db().providerApp.create({ data: { id, teamId, externalId, secrets, ...values } });
    const installation = { appId: id, installationId: '77', kind: 'app', name: 'acme', account: 'acme' };
    const { provider, baseUrl } = values;
    const connection = await db().connection.create({ data: { teamId, provider, baseUrl, ...installation } });
    return { id, externalId, connectionId: connection.id };
  }

  function fromApp(externalId: string, secret: string, sent: { event: string; payload: unknown }) {
    const payload = { ...(sent.payload as object), installation: { id: 77 } };
    const { headers, body } = sentBy('github', { event: sent.event, payload }, { secret });
    const names = {
      'x-github-hook-installation-target-type': 'integration',
      'x-github-hook-installation-target-id': externalId,
    };
    return { headers: { ...headers, ...names }, body };
  }

  test('tells the project of the repository', async () => {
    const { externalId, connectionId } = await newApp('app secret');
    const projectId = await createProject(team);
    const repository = { provider: 'github', providerRepositoryId: '186853002', providerPath: 'acme/shop' };
    await db().project.update({ where: { id: projectId }, data: { connectionId, ...repository } });

    const answer = await post('/api/v1/webhooks/github', fromApp(externalId, 'app secret', github.push()));

    expect(answer).toEqual({ status: 202, body: { status: 'accepted' } });
    expect(await db().webhookDelivery.count({ where: { projectId } })).toBe(1);
  });

  test('refuses what another secret signs, and Apps that nobody knows', async () => {
    const { externalId } = await newApp('app secret');

    expect((await post('/api/v1/webhooks/github', fromApp(externalId, 'guess', github.push()))).status).toBe(401);
    expect((await post('/api/v1/webhooks/github', fromApp('0', 'app secret', github.push()))).status).toBe(401);
    expect((await post('/api/v1/webhooks/github', signed('app secret'))).status).toBe(401);
  });

  test.each([
    ['suspend', github.installation('suspend')],
    ['unsuspend', github.installation('unsuspend')],
    ['deleted', github.installation('deleted')],
    ['new permissions', github.installation('new_permissions_accepted')],
    ['repositories', { event: 'installation_repositories', payload: { action: 'removed' } }],
  ])('is not believed about its installation, which is asked about at the host: %s', async (_, sent) => {
    const { externalId, connectionId } = await newApp('app secret');
    const data = { status: 'suspended', problem: 'provider_suspended' };
    await db().connection.update({ where: { id: connectionId }, data });

    const answer = await post('/api/v1/webhooks/github', fromApp(externalId, 'app secret', sent));

    expect(answer).toEqual({ status: 202, body: { status: 'accepted' } });
    expect(await db().connection.findFirst({ where: { id: connectionId } })).toMatchObject(data);
    const jobs = await db().outboxJob.findMany({ where: { name: 'installation.read' } });
    expect(jobs.map(({ payload }) => payload)).toContainEqual({ connectionId });
  });

  test('asks about an installation once for each delivery, however often it comes', async () => {
    const { externalId, connectionId } = await newApp('app secret');
    const request = fromApp(externalId, 'app secret', github.installation('unsuspend'));

    await post('/api/v1/webhooks/github', request);
    await post('/api/v1/webhooks/github', request);

    const jobs = await db().outboxJob.findMany({
      where: { payload: { path: ['connectionId'], equals: connectionId } },
    });
    expect(new Set(jobs.map(({ options }) => (options as { jobId: string }).jobId)).size).toBe(1);
  });
});

test('while the database is away deliveries are answered with 503, and taken when they come again', async () => {
  const hook = await newHook();
  const request = signed(hook.secret, OLD);
  const startedAt = performance.now();
  const answer = await withoutDatabase(() => post(addressOf(hook), request));
  const took = performance.now() - startedAt;

  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(took).toBeLessThan(3_000);
  expect(await post(addressOf(hook), request)).toEqual({ status: 202, body: { status: 'accepted' } });
  expect(await post(addressOf(hook), request)).toEqual({ status: 202, body: { status: 'duplicate' } });
  const [row] = await rowsOf(hook);
  await processDelivery(row?.id ?? '', logger());
  expect(await db().audit.count({ where: { projectId: hook.projectId } })).toBe(1);
});

/** Nobody is let into the database of this test, and whoever is in is put out. */
async function withoutDatabase<Value>(run: () => Promise<Value>): Promise<Value> {
  const admin = new pg.Client({ connectionString: inject('postgres').adminUrl });
  const name = databaseName(database.url);
  await admin.connect();
  await admin.query(`alter database "${name}" with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  try {
    return await run();
  } finally {
    await admin.query(`alter database "${name}" with allow_connections true`);
    await admin.end();
  }
}

function signed(secret: string, after = NEW) {
  return sentBy('github', github.push({ after }), { secret });
}

function unsigned() {
  const { headers, body } = signed('none');
  return { headers: { ...headers, 'x-hub-signature-256': '' }, body };
}

function signedBySha1(secret: string) {
  const { headers, body } = unsigned();
  const signature = createHmac('sha1', secret).update(body).digest('hex');
  return { headers: { ...headers, 'x-hub-signature': `sha1=${signature}` }, body };
}
