import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { DELIVERY_READERS } from '@/lib/git/providers/delivery-readers';
import type { ProviderId } from '@/lib/git/providers/provider';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { bitbucketCloud, github, gitlab, NEW, OLD, sentBy, ZEROS } from '@/tests/support/providers/deliveries';
import { getDelivery, listDeliveries, replayDelivery } from './deliveries';
import { packDelivery, pushedBranch } from './delivery-payload';
import { failDelivery, processDelivery } from './delivery-processing';
import { forgetOldDeliveries, repairDeliveries } from './delivery-upkeep';
import { getWebhook } from './project-webhooks';
import { requestScheduledAudits } from './scheduled-audits';

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

type Sent = ReturnType<typeof github.push>;

async function newProject(more: object = {}, of = team): Promise<string> {
  const data = {
    teamId: of.teamId,
    name: 'Shop',
    repositoryUrl: 'https://github.com/acme/shop.git',
    canonicalKey: `github.com/acme/shop#${randomUUID()}`,
    branch: 'main',
    ...more,
  };
  const { id } = await db().project.create({ data });
  await getWebhook(of.as('admin'), id);
  return id;
}

/** Stores it as the receipt does. */
async function receive(projectId: string, sent: Sent, provider: ProviderId = 'github'): Promise<string> {
  const request = sentBy(provider, sent);
  const delivery = DELIVERY_READERS[provider].read(request);
  if (!delivery) throw new Error('no delivery');
  const payload = await packDelivery(delivery, request.body.length);
  const { id: deliveryId, event, action, changes } = delivery;
  const sizeBytes = request.body.length;
  const data = { projectId, provider, deliveryId, event, action, payload, sizeBytes, branch: pushedBranch(changes) };
  return (await db().webhookDelivery.create({ data })).id;
}

async function told(projectId: string, sent: Sent, provider: ProviderId = 'github') {
  const id = await receive(projectId, sent, provider);
  await processDelivery(id, logger());
  return db().webhookDelivery.findFirstOrThrow({ where: { id }, omit: { payload: true } });
}

const auditsOf = (projectId: string) => db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
const projectOf = (id: string) => db().project.findFirstOrThrow({ where: { id } });

describe('a push', () => {
  test('to the audited branch starts an audit of its newest commit, which knows what changed', async () => {
    const projectId = await newProject();

    const delivery = await told(projectId, github.push({ files: ['src/a.ts', 'src/b.ts'] }));

    const [audit, ...more] = await auditsOf(projectId);
    expect(more).toEqual([]);
    expect(audit).toMatchObject({
      trigger: 'push',
      kind: 'incremental',
      branch: 'main',
      status: 'queued',
      targetFiles: ['src/a.ts', 'src/b.ts'],
      requestedById: null,
    });
    expect(delivery).toMatchObject({
      status: 'processed',
      auditId: audit?.id,
      outcome: { id: 'audit_queued', data: { branch: 'main', commit: NEW.slice(0, 7), number: 1 } },
    });
    const log = await db().auditLogEntry.findFirst({ where: { action: 'audit.pushed', target: audit?.id ?? '' } });
    expect(log).toMatchObject({ actorId: null });
  });

  test('joins an audit that waits, and adds what changed', async () => {
    const projectId = await newProject();
    await told(projectId, github.push({ files: ['b.ts', 'a.ts'] }));

    const later = await told(projectId, github.push({ after: OLD, files: ['a.ts', 'c.ts'] }));

    expect(later).toMatchObject({ status: 'processed', outcome: { id: 'joined_waiting_audit' } });
    expect(await auditsOf(projectId)).toMatchObject([{ id: later.auditId, targetFiles: ['b.ts', 'a.ts', 'c.ts'] }]);
  });

  test('holds no more files than are shown', async () => {
    const projectId = await newProject();
    const files = (of: string) => Array.from({ length: 400 }, (_, index) => `${of}/${index}.ts`);
    await told(projectId, github.push({ files: files('a') }));
    await told(projectId, github.push({ files: files('b') }));

    const [audit] = await auditsOf(projectId);
    expect(audit?.targetFiles).toHaveLength(500);
  });

  test('while an audit runs starts one more, and no third', async () => {
    const projectId = await newProject();
    const first = await told(projectId, github.push());
    await db().audit.update({ where: { id: first.auditId ?? '' }, data: { status: 'running', commitId: NEW } });

    await told(projectId, github.push({ before: NEW, after: OLD }));
    await told(projectId, github.push({ before: OLD, after: 'c'.repeat(40) }));

    expect(await auditsOf(projectId)).toHaveLength(2);
  });

  test('of a commit that was audited starts nothing', async () => {
    const projectId = await newProject();
    const first = await told(projectId, github.push());
    await db().audit.update({ where: { id: first.auditId ?? '' }, data: { status: 'completed', commitId: NEW } });

    const again = await told(projectId, github.push());

    expect(again).toMatchObject({ status: 'ignored', auditId: first.auditId, outcome: { id: 'already_audited' } });
  });

  test.each([
    ['to another branch', github.push({ branch: 'next' }), 'other_branch'],
    ['that deletes another branch', github.push({ branch: 'next', after: ZEROS }), 'branch_deleted'],
    ['of a tag', github.push({ ref: 'refs/tags/v1' }), 'tag'],
    ['that tells of something else', github.other('star', 'created'), 'not_needed'],
    ['of a status', github.other('status', 'created'), 'not_needed'],
  ])('%s starts nothing, and says why', async (_, sent, id) => {
    const projectId = await newProject();

    expect(await told(projectId, sent)).toMatchObject({ status: 'ignored', outcome: { id }, auditId: null });
    expect(await auditsOf(projectId)).toEqual([]);
  });

  test('that was forced is told as such', async () => {
    const projectId = await newProject();

    expect(await told(projectId, github.push({ forced: true }))).toMatchObject({
      outcome: { id: 'audit_queued_after_force' },
    });
  });

  test('that deletes the audited branch shows, and keeps what is known', async () => {
    const projectId = await newProject();

    expect(await told(projectId, github.push({ after: ZEROS }))).toMatchObject({
      status: 'processed',
      outcome: { id: 'audited_branch_deleted' },
    });
    expect(await projectOf(projectId)).toMatchObject({ accessProblem: 'repository_no_such_branch' });
  });

  test('that tells of several branches is about the audited one', async () => {
    const projectId = await newProject({ repositoryUrl: 'https://bitbucket.org/acme/shop' });
    const both = bitbucketCloud.push({ branch: 'next' }).payload as { push: { changes: unknown[] } };
    both.push.changes.push(...(bitbucketCloud.push().payload as typeof both).push.changes);

    expect(await told(projectId, { event: 'repo:push', payload: both }, 'bitbucket_cloud')).toMatchObject({
      outcome: { id: 'audit_queued' },
    });
  });

  test('is looked into once, however often the job comes', async () => {
    const projectId = await newProject();
    const id = await receive(projectId, github.push());

    await Promise.all([processDelivery(id, logger()), processDelivery(id, logger())]);
    const [first] = await auditsOf(projectId);
    await db().audit.update({ where: { id: first?.id ?? '' }, data: { status: 'completed', commitId: OLD } });
    await processDelivery(id, logger());

    expect(await auditsOf(projectId)).toHaveLength(1);
  });
});

describe('a push to a branch that the configuration names', () => {
  test('is audited as one to the own branch is, and only there', async () => {
    const of = await createTeam({ branches: ['release/*'] });
    const projectId = await newProject({}, of);

    const release = await told(projectId, github.push({ branch: 'release/2', files: ['a.ts'] }));
    const below = await told(projectId, github.push({ branch: 'release/2/hot' }));
    const own = await told(projectId, github.push());

    expect(release).toMatchObject({
      status: 'processed',
      outcome: { id: 'audit_queued', data: { branch: 'release/2' } },
    });
    expect(below).toMatchObject({
      status: 'ignored',
      outcome: { id: 'other_branch', data: { branch: 'release/2/hot', audited: 'main, release/*' } },
    });
    expect(own).toMatchObject({ outcome: { id: 'audit_queued', data: { branch: 'main' } } });
    expect(await auditsOf(projectId)).toMatchObject([
      { branch: 'release/2', trigger: 'push', kind: 'incremental', targetFiles: ['a.ts'] },
      { branch: 'main', trigger: 'push' },
    ]);
  });

  test('is told apart for a project where its team allows it', async () => {
    const of = await createTeam({ branches: ['release/*'], overrides: ['branches'] });
    const policyOverride = { branches: ['next'] };
    const projectId = await newProject({ policyOverride }, of);
    const held = await newProject({ policyOverride }, await createTeam({ branches: ['release/*'] }));
    const ofNext = github.push({ branch: 'next' });

    expect(await told(projectId, ofNext)).toMatchObject({ outcome: { id: 'audit_queued' } });
    expect(await told(projectId, github.push({ branch: 'release/2' }))).toMatchObject({
      outcome: { id: 'other_branch' },
    });
    expect(await told(held, ofNext)).toMatchObject({ outcome: { id: 'other_branch' } });
  });

  test('takes along what waits for the same branch alone', async () => {
    const projectId = await newProject({}, await createTeam({ branches: ['release/*'] }));
    await told(projectId, github.push());
    const pushes = ['release/1', 'release/2', 'main', 'release/1'];
    const ids: string[] = [];
    for (const [at, branch] of pushes.entries()) {
      ids.push(await receive(projectId, github.push({ branch, after: String(at + 1).repeat(40) })));
    }

    await processDelivery(ids[0] ?? '', logger());

    const rows = await db().webhookDelivery.findMany({ where: { id: { in: ids } }, orderBy: { receivedAt: 'asc' } });
    expect(rows.map(({ status }) => status)).toEqual(['processed', 'received', 'received', 'processed']);
    expect(rows[3]).toMatchObject({ auditId: rows[0]?.auditId, outcome: { id: 'joined_waiting_audit' } });
    expect((await auditsOf(projectId)).map(({ branch }) => branch)).toEqual(['main', 'release/1']);
  });

  test('says nothing about the project when the branch is deleted', async () => {
    const projectId = await newProject({}, await createTeam({ branches: ['release/*'] }));

    expect(await told(projectId, github.push({ branch: 'release/2', after: ZEROS }))).toMatchObject({
      status: 'ignored',
      outcome: { id: 'branch_deleted' },
    });
    expect(await projectOf(projectId)).toMatchObject({ accessProblem: null });
  });

  test('runs its check again when somebody asks for it', async () => {
    const projectId = await newProject({}, await createTeam({ branches: ['release/*'] }));
    const { auditId } = await told(projectId, github.push({ branch: 'release/2' }));
    await db().audit.update({ where: { id: auditId ?? '' }, data: { status: 'completed', commitId: NEW } });

    expect(await told(projectId, github.rerequested('check_run'))).toMatchObject({
      outcome: { id: 'rerun_queued', data: { branch: 'release/2' } },
    });
  });
});

describe('what we do ourselves', () => {
  interface Account {
    kind: string;
    account: string;
    secret?: string;
    appId?: string;
    installationId?: string;
  }

  async function connected(connection: Account, sender: string) {
    const { teamId } = team;
    const host = { provider: 'github', baseUrl: 'https://github.com', name: 'GitHub' };
    const { id: connectionId } = await db().connection.create({ data: { teamId, ...host, ...connection } });
    return told(await newProject({ connectionId }), github.push({ sender }));
  }

  async function appConnection() {
    const { teamId } = team;
    const app = { provider: 'github', baseUrl: 'https://github.com', slug: 'elder', name: 'Elder', clientId: 'x' };
    const { id: appId } = await db().providerApp.create({
      data: { teamId, externalId: randomUUID(), secrets: 'sealed', ...app },
    });
    return { kind: 'app', appId, installationId: randomUUID(), account: 'acme' };
  }

  test('as an App starts nothing', async () => {
    expect(await connected(await appConnection(), 'elder[bot]')).toMatchObject({
      status: 'ignored',
      outcome: { id: 'own_action', data: { login: 'elder[bot]' } },
    });
  });

  test('is told from what other bots and people do, also those whose token we use', async () => {
    const outcome = { id: 'audit_queued' };
    expect(await connected(await appConnection(), 'renovate[bot]')).toMatchObject({ outcome });
    expect(await connected({ kind: 'token', secret: 'sealed', account: 'mona' }, 'mona')).toMatchObject({ outcome });
  });
});

describe('the repository', () => {
  test('is known by its id from the first delivery on', async () => {
    const projectId = await newProject();
    await told(projectId, github.push());

    expect(await projectOf(projectId)).toMatchObject({
      provider: 'github',
      providerRepositoryId: '186853002',
      providerPath: 'acme/shop',
    });
  });

  test('of another project is not audited here', async () => {
    const projectId = await newProject();

    expect(await told(projectId, github.push({ path: 'acme/other' }))).toMatchObject({
      status: 'ignored',
      outcome: { id: 'other_repository', data: { path: 'acme/other' } },
    });
  });

  test('is followed to its new name', async () => {
    const projectId = await newProject();
    const renamed = github.repository('renamed', { repository: { name: { from: 'shop' } } }, 'acme/store');

    expect(await told(projectId, renamed)).toMatchObject({ outcome: { id: 'moved', data: { path: 'acme/store' } } });
    expect(await projectOf(projectId)).toMatchObject({
      repositoryUrl: 'https://github.com/acme/store.git',
      canonicalKey: 'github.com/acme/store',
      providerPath: 'acme/store',
    });
    expect(await told(projectId, renamed)).toMatchObject({ outcome: { id: 'already_moved' } });
  });

  test('is followed to its new owner, unless that is registered', async () => {
    const { teamId } = team;
    await newProject({ name: 'Taken', canonicalKey: 'github.com/globex/shop' });
    const projectId = await newProject();
    const transferred = github.repository(
      'transferred',
      { owner: { from: { user: { login: 'acme' } } } },
      'globex/shop',
    );

    expect(await told(projectId, transferred)).toMatchObject({
      status: 'ignored',
      outcome: { id: 'moved_onto_another', data: { name: 'Taken' } },
    });
    await db().project.deleteMany({ where: { teamId, name: 'Taken' } });
    expect(await told(projectId, transferred)).toMatchObject({ outcome: { id: 'moved' } });
    expect((await projectOf(projectId)).repositoryUrl).toBe('https://github.com/globex/shop.git');
  });

  test('at a host that tells of no move is found by its id', async () => {
    const projectId = await newProject({ repositoryUrl: 'https://gitlab.com/acme/shop' });
    await told(projectId, gitlab.push(), 'gitlab');

    const later = await told(projectId, gitlab.push({ after: OLD, path: 'globex/tools/shop' }), 'gitlab');

    expect(later).toMatchObject({ status: 'processed' });
    expect((await projectOf(projectId)).repositoryUrl).toBe('https://gitlab.com/globex/tools/shop');
  });

  test.each(['../../etc', '-x/y', 'a/b?c', 'acme/%2e%2e'])('is not followed to %s', async (path) => {
    const projectId = await newProject({ repositoryUrl: 'https://gitlab.com/acme/shop' });
    await told(projectId, gitlab.push(), 'gitlab');
    await told(projectId, gitlab.projectRename('acme/shop', path), 'gitlab');

    const { repositoryUrl } = await projectOf(projectId);
    expect(new URL(repositoryUrl).host).toBe('gitlab.com');
    expect(repositoryUrl).not.toMatch(/\.\.|\/-|\?/);
  });

  test('that is archived is not audited by the schedule any more', async () => {
    const policy = { schedule: { isEnabled: true, cron: '0 3 * * *', timeZone: 'UTC' } };
    const own = await createTeam(policy);
    await db().team.update({ where: { id: own.teamId }, data: { configurationVersion: 1 } });
    const createdAt = new Date(Date.now() - 3 * 86_400_000);
    const projectId = await newProject({ createdAt }, own);
    await told(projectId, github.repository('archived', {}));

    await requestScheduledAudits(logger());
    expect(await auditsOf(projectId)).toEqual([]);

    await told(projectId, github.repository('unarchived', {}));
    await requestScheduledAudits(logger());
    expect(await auditsOf(projectId)).toHaveLength(1);
  });

  test('that was deleted shows, and keeps what is known', async () => {
    const projectId = await newProject();

    expect(await told(projectId, github.repository('deleted', {}))).toMatchObject({
      outcome: { id: 'repository_deleted' },
    });
    expect(await projectOf(projectId)).toMatchObject({ accessProblem: 'repository_not_found' });
  });

  test('with another default branch takes along the project that audits the one before', async () => {
    const edited = github.repository('edited', { default_branch: { from: 'master' } });
    const [follower, other] = [await newProject({ branch: 'master' }), await newProject({ branch: 'next' })];

    expect(await told(follower, edited)).toMatchObject({ outcome: { id: 'default_branch_followed' } });
    expect(await projectOf(follower)).toMatchObject({ branch: 'main' });
    expect(await auditsOf(follower)).toMatchObject([{ branch: 'main', trigger: 'push' }]);
    expect(await told(other, edited)).toMatchObject({ outcome: { id: 'default_branch_changed' } });
    expect(await projectOf(other)).toMatchObject({ branch: 'next' });
  });
});

test('pull requests are written down as the host last told of them', async () => {
  const projectId = await newProject();
  const opened = await told(projectId, github.pullRequest('opened'));
  expect(opened).toMatchObject({ outcome: { id: 'pull_request_audit_queued' } });
  expect(await auditsOf(projectId)).toMatchObject([{ id: opened.auditId, trigger: 'pull_request', status: 'queued' }]);
  const titled = github.pullRequest('edited', { changes: { title: { from: 'x' } } });
  expect(await told(projectId, titled)).toMatchObject({ outcome: { id: 'pull_request_recorded' } });
  const closed = github.pullRequest('closed', {}, { state: 'closed', title: 'Sell much more' });
  expect(await told(projectId, closed)).toMatchObject({ outcome: { id: 'pull_request_closed' } });

  expect(await db().pullRequest.findMany({ where: { projectId } })).toMatchObject([
    { number: 7, title: 'Sell much more', author: 'mona', isOpen: false, headCommitId: NEW, baseBranch: 'main' },
  ]);
  expect(await auditsOf(projectId)).toMatchObject([{ status: 'cancelled', errorCode: null }]);
});

test('the check of the newest commit runs again when somebody asks for it', async () => {
  const projectId = await newProject();
  expect(await told(projectId, github.rerequested('check_run'))).toMatchObject({ outcome: { id: 'rerun_of_older' } });
  const { auditId } = await told(projectId, github.push());
  await db().audit.update({ where: { id: auditId ?? '' }, data: { status: 'completed', commitId: NEW } });

  expect(await told(projectId, github.rerequested('check_suite'))).toMatchObject({ outcome: { id: 'rerun_queued' } });
  expect(await auditsOf(projectId)).toHaveLength(2);
});

describe('deliveries', () => {
  test('are listed newest first, page by page, and narrowed down', async () => {
    const projectId = await newProject();
    await told(projectId, github.ping());
    await told(projectId, github.push({ branch: 'next' }));
    await told(projectId, github.push());
    const ask = (filter: object) => listDeliveries(team.as('admin'), projectId, { limit: 2, ...filter });

    const first = await ask({});
    const second = await ask({ cursor: first.nextCursor ?? '' });

    expect(first.items.map(({ outcome }) => outcome?.id)).toEqual(['audit_queued', 'other_branch']);
    expect(first.items[0]).toMatchObject({ host: 'github', event: 'push', source: 'webhook', auditNumber: 1 });
    expect(second).toMatchObject({ items: [{ event: 'ping' }], nextCursor: null });
    expect((await ask({ status: 'ignored' })).items).toHaveLength(1);
    expect((await ask({ event: 'ping' })).items).toHaveLength(1);
  });

  test('are another team’s business', async () => {
    const projectId = await newProject();
    const { id } = await told(projectId, github.push());
    const other = await createTeam();

    await expect(listDeliveries(other.as('owner'), projectId, { limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(getDelivery(other.as('owner'), projectId, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(replayDelivery(other.as('owner'), projectId, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(replayDelivery(team.as('member'), projectId, id)).rejects.toMatchObject({ code: 'forbidden' });
    const mine = await newProject();
    await expect(getDelivery(team.as('admin'), mine, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('can be replayed as ones of their own', async () => {
    const projectId = await newProject();
    const original = await told(projectId, github.push());
    await db().audit.update({ where: { id: original.auditId ?? '' }, data: { status: 'failed' } });

    const replay = await replayDelivery(team.as('admin'), projectId, original.id);
    await processDelivery(replay.deliveryId, logger());

    const [newest] = (await listDeliveries(team.as('admin'), projectId, { limit: 1 })).items;
    expect(newest).toMatchObject({ source: 'replay', replayOfId: original.id, status: 'processed', auditNumber: 2 });
    const entry = await db().auditLogEntry.findFirst({ where: { action: 'delivery.replayed', target: projectId } });
    expect(entry?.detail).toMatchObject({ deliveryId: original.id });
  });

  test('that the queue lost are enqueued again, and those it holds are not', async () => {
    const projectId = await newProject();
    const [lost, held, fresh] = [
      await receive(projectId, github.push()),
      await receive(projectId, github.push()),
      await receive(projectId, github.push()),
    ];
    const receivedAt = new Date(Date.now() - 60_000);
    await db().webhookDelivery.updateMany({ where: { id: { in: [lost, held] } }, data: { receivedAt } });
    const queues = { findHeld: async () => new Set([`webhook.${held}`]) };
    const enqueued = async () =>
      (await db().outboxJob.findMany({ where: { name: 'webhook.process' } })).map(
        ({ payload }) => (payload as { deliveryId: string }).deliveryId,
      );

    await repairDeliveries(queues);
    const ids = await enqueued();
    await repairDeliveries(queues);

    expect(ids).toContain(lost);
    expect(ids).not.toContain(held);
    expect(ids).not.toContain(fresh);
    expect(await enqueued()).toEqual(ids);
  });

  test('say when they could not be looked into', async () => {
    const projectId = await newProject();
    const id = await receive(projectId, github.push());
    await db().$transaction((tx) => failDelivery(tx, id, { errorCode: 'timeout', log: logger() }));

    const row = await db().webhookDelivery.findFirst({ where: { id } });
    expect(row).toMatchObject({ status: 'failed', outcome: { id: 'failed', data: { code: 'timeout' } } });
  });

  test('forget what was sent after two weeks, and all after three months', async () => {
    const projectId = await newProject();
    const [old, ancient] = [await told(projectId, github.push()), await told(projectId, github.push())];
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
    await db().webhookDelivery.updateMany({ where: { id: old.id }, data: { receivedAt: ago(15) } });
    await db().webhookDelivery.updateMany({ where: { id: ancient.id }, data: { receivedAt: ago(91) } });

    await forgetOldDeliveries();

    const rows = await db().webhookDelivery.findMany({ where: { projectId } });
    expect(rows).toMatchObject([{ id: old.id, payload: null }]);
    await expect(replayDelivery(team.as('admin'), projectId, old.id)).rejects.toMatchObject({ code: 'gone' });
  });
});
