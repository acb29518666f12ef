import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { startFakeGitHub } from '@/tests/support/providers/fake-github';
import { compareBranches } from './branch-comparison';
import { processDelivery } from './delivery-processing';
import { deliverMissedPullRequests } from './missed-pull-requests';
import { ensureWebhook } from './project-webhooks';
import { newRowId, seal } from './sealed-columns';

let database: TestDatabase;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function connected(configuration?: object) {
  const { teamId } = await createTeam(configuration);
  const host = await startFakeGitHub();
  onTestFinished(() => host[Symbol.asyncDispose]());
  const repository = host.addRepository('acme/shop');
  const connectionId = newRowId();
  const token = host.addToken(`ghp_${randomUUID()}`);
  const secret = await seal('connections.secret', { teamId, rowId: connectionId }, token);
  const { id: projectId } = await db().$transaction(async (tx) => {
    const of = { teamId, provider: 'github' };
    await tx.connection.create({
      data: { ...of, id: connectionId, secret, name: 'GitHub', baseUrl: host.url, kind: 'token' },
    });
    const project = await tx.project.create({
      data: {
        ...{ ...of, connectionId, name: 'Shop', branch: 'main', canonicalKey: randomUUID() },
        ...{ providerPath: 'acme/shop', repositoryUrl: `${host.url}/acme/shop.git` },
      },
    });
    await ensureWebhook(tx, project);
    return project;
  });
  const open = (number: number, sha: string) =>
    repository.pulls.push({
      ...{
        number,
        title: `Change ${number}`,
        user: { login: 'rin' },
        html_url: `${host.url}/acme/shop/pull/${number}`,
      },
      ...{ state: 'open', draft: false },
      base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: repository.id } },
      head: { ref: `change-${number}`, sha, repo: { id: repository.id } },
    });
  const pullOf = (number: number) => repository.pulls.find((pull) => pull.number === number) ?? {};
  /** Asks the host, and does what the deliveries say that come of it. */
  const look = async () => {
    // What was written just now may be newer than what the host answers.
    await db().pullRequest.updateMany({ where: { projectId }, data: { updatedAt: HOUR_AGO() } });
    const delivered = await deliverMissedPullRequests(projectId);
    const waiting = await db().webhookDelivery.findMany({ where: { projectId, status: 'received' } });
    for (const { id } of waiting) await processDelivery(id, logger());
    return delivered;
  };
  const audits = () =>
    db().audit.findMany({
      where: { projectId },
      orderBy: { number: 'asc' },
      select: { trigger: true, askedCommitId: true, status: true, errorCode: true },
    });
  return { projectId, host, repository, open, pullOf, look, audits };
}

const HOUR_AGO = () => new Date(Date.now() - 3_600_000);
const COMMIT = { first: '1'.repeat(40), second: '2'.repeat(40), third: '3'.repeat(40) };

test('what was open before is recorded; what is opened, pushed to or closed after it is found without a word', async () => {
  const { projectId, open, pullOf, look, audits } = await connected();
  open(1, COMMIT.first);

  expect(await look()).toBe(0);
  expect(await audits()).toEqual([]);
  expect(await db().pullRequest.findMany({ where: { projectId } })).toMatchObject([{ number: 1, isOpen: true }]);

  open(2, COMMIT.second);
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  expect(await audits()).toMatchObject([{ trigger: 'pull_request', askedCommitId: COMMIT.second, status: 'queued' }]);

  Object.assign(pullOf(2).head as object, { sha: COMMIT.third });
  pullOf(1).state = 'closed';
  expect(await look()).toBe(2);
  expect(await audits()).toMatchObject([
    { askedCommitId: COMMIT.second, status: 'cancelled', errorCode: 'superseded' },
    { askedCommitId: COMMIT.third, status: 'queued' },
  ]);
  const states = await db().pullRequest.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  expect(states.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  const deliveries = await db().webhookDelivery.findMany({ where: { projectId } });
  expect(deliveries.map(({ source, status }) => `${source} ${status}`)).toEqual(Array(3).fill('poll processed'));
});

test('one that is closed and opened again between two looks, or gone from its host, is told apart', async () => {
  const { projectId, repository, open, pullOf, look } = await connected();
  await look();
  open(1, COMMIT.first);
  await look();
  pullOf(1).state = 'closed';
  await look();
  pullOf(1).state = 'open';

  expect(await look()).toBe(1);
  repository.pulls.length = 0;
  expect(await look()).toBe(1);
  expect(await db().pullRequest.findMany({ where: { projectId } })).toMatchObject([{ isOpen: false }]);
});

test('a draft is audited when it is ready', async () => {
  const { open, pullOf, look, audits } = await connected();
  await look();
  open(1, COMMIT.first);
  pullOf(1).draft = true;

  await look();
  expect(await audits()).toEqual([]);
  pullOf(1).draft = false;
  await look();
  expect(await audits()).toMatchObject([{ askedCommitId: COMMIT.first, status: 'queued' }]);
});

test('a team that wants no audits of pull requests is not asked for', async () => {
  const { projectId, open, look } = await connected({ pullRequests: { audit: false } });
  open(1, COMMIT.first);

  expect(await look()).toBe(0);
  expect(await db().pullRequest.count({ where: { projectId } })).toBe(0);
});

test('of very many, each look delivers some until all are told', async () => {
  const { open, look } = await connected();
  await look();
  for (let number = 1; number <= 30; number += 1) open(number, COMMIT.first);

  expect([await look(), await look(), await look()]).toEqual([20, 10, 0]);
});

test('of more than the host lists in some pages, those that were open before are no news when they come to the front', async () => {
  const { projectId, repository, open, look, audits } = await connected();
  for (let number = 301; number >= 1; number -= 1) open(number, COMMIT.first);
  await look();
  expect(await db().pullRequest.count({ where: { projectId } })).toBe(300);

  repository.pulls.unshift(...repository.pulls.splice(-1));
  expect(await look()).toBe(0);
  open(302, COMMIT.second);
  repository.pulls.unshift(...repository.pulls.splice(-1));
  expect(await look()).toBe(1);
  expect(await audits()).toMatchObject([{ askedCommitId: COMMIT.second }]);
});

test('what was told while the host was asked is newer than its list', async () => {
  const { projectId, open, look, audits } = await connected();
  await look();
  open(1, COMMIT.first);
  await look();
  const where = { projectId, number: 1 };
  await db().pullRequest.updateMany({ where, data: { headCommitId: COMMIT.second } });

  expect(await deliverMissedPullRequests(projectId)).toBe(0);
  expect(await audits()).toMatchObject([{ askedCommitId: COMMIT.first, status: 'queued' }]);
});

test('is part of the round in which branches are compared, whatever else the host does not tell', async () => {
  const { projectId, host, open } = await connected();
  await deliverMissedPullRequests(projectId);
  open(1, COMMIT.first);
  // A webhook whose attempts this token may not read.
  await db().projectWebhook.updateMany({ where: { projectId }, data: { externalId: '404', comparedAt: HOUR_AGO() } });
  expect(host.repositories[0]?.hooks).toEqual([]);

  await compareBranches(logger());

  expect(await db().webhookDelivery.findMany({ where: { projectId } })).toMatchObject([
    { source: 'poll', branch: null },
  ]);
});
