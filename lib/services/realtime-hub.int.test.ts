import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forgetIdentities } from '@/lib/auth/identity';
import { endSession } from '@/lib/auth/sessions';
import { closeDb, db } from '@/lib/db/client';
import type { AuditUpdate, ClientEvents, FindingsChanged, ServerEvents } from '@/lib/realtime/events';
import { closePublisher } from '@/lib/realtime/publish';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { prepareAuthSecret, type SignedIn, signedInPerson, signInAgain } from '@/tests/support/session-cookie';
import { publishAuditUpdate } from './audit-events';
import { requestAudit } from './audits';
import { removeMember } from './members';
import { attachRealtime } from './realtime-hub';
import { triageFinding } from './triage';

type Client = Socket<ServerEvents, ClientEvents>;

let database: TestDatabase;
let server: Server;
let realtime: { close: () => Promise<void> };
let url: string;
const open: Client[] = [];

beforeAll(async () => {
  prepareAuthSecret();
  database = await testDatabase();
  server = createServer();
  realtime = await attachRealtime(server, { recheckMs: 50 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  for (const client of open.splice(0)) client.disconnect();
});

afterAll(async () => {
  await realtime.close();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

describe('rooms', () => {
  test('of another team’s project are refused like those that do not exist', async () => {
    const [own, other] = [await createTeam(), await createTeam()];
    const projectId = await createProject(other);
    const { client } = await connected([own]);

    const answers = [
      await client.emitWithAck('subscribe_updates', { projectId }),
      await client.emitWithAck('subscribe_updates', { projectId: randomUUID() }),
      await client.emitWithAck('subscribe_team', { teamId: other.teamId }),
    ];

    expect(answers).toEqual(Array(3).fill({ ok: false, code: 'not_found' }));
  });

  test('take nothing but what they ask for', async () => {
    const { client } = await connected([await createTeam()]);

    const answer = await client.emitWithAck('subscribe_updates', { projectId: 'all' });

    expect(answer).toEqual({ ok: false, code: 'invalid_request' });
  });

  test('bring updates until they are left', async () => {
    const team = await createTeam();
    const [left, kept] = [await queuedAudit(team), await queuedAudit(team)];
    const { client, updates } = await connected([team]);
    for (const { projectId } of [left, kept]) await client.emitWithAck('subscribe_updates', { projectId });
    await publishAuditUpdate(left.auditId);
    await until('an update', async () => updates.length === 1);

    await client.emitWithAck('unsubscribe', { projectId: left.projectId });
    await publishAuditUpdate(left.auditId);
    await publishAuditUpdate(kept.auditId);
    await until('an update of the other room', async () => updates.length > 1);

    expect(updates.map(({ auditId }) => auditId)).toEqual([left.auditId, kept.auditId]);
  });

  test('tell their own teams alone that a finding was judged', async () => {
    const [own, other] = [await createTeam(), await createTeam()];
    const told: [string, FindingsChanged][] = [];
    for (const team of [own, other]) {
      const { client } = await connected([team]);
      client.on('findings_changed', (event) => told.push([team.teamId, event]));
      await client.emitWithAck('subscribe_team', { teamId: team.teamId });
    }
    const judged = [await judgedFinding(other), await judgedFinding(own)];
    for (const { team, findingId } of judged) {
      await triageFinding(team.as('member'), findingId, { verdict: 'accepted', reason: 'known' });
    }

    await until('both events', async () => told.length >= 2);

    expect(told).toEqual(judged.map(({ team, projectId }) => [team.teamId, { teamId: team.teamId, projectId }]));
  });

  test('beyond the limit are refused; one that was joined stays, and leaving makes place', async () => {
    const team = await createTeam();
    const ids = await Promise.all(Array.from({ length: 51 }, () => createProject(team)));
    const { client } = await connected([team]);
    const join = (projectId = '') => client.emitWithAck('subscribe_updates', { projectId });
    for (const id of ids.slice(0, 50)) await join(id);

    const [again, beyond] = [await join(ids[0]), await join(ids[50])];
    await client.emitWithAck('unsubscribe', { projectId: ids[1] ?? '' });

    expect([again, beyond]).toEqual([{ ok: true }, { ok: false, code: 'rate_limited' }]);
    expect(await join(ids[50])).toEqual({ ok: true });
  });

  test('are closed to a person who was removed from their team, and the others stay', async () => {
    const [left, kept] = [await createTeam(), await createTeam()];
    const [lost, own] = [await queuedAudit(left), await queuedAudit(kept)];
    const { client, updates, userId } = await connected([left, kept]);
    for (const { projectId } of [lost, own]) await client.emitWithAck('subscribe_updates', { projectId });

    await db().membership.delete({ where: { userId_teamId: { userId, teamId: left.teamId } } });
    forgetIdentities();
    await until('the room to be closed', async () => {
      updates.length = 0;
      await publishAuditUpdate(lost.auditId);
      await publishAuditUpdate(own.auditId);
      await until('an update', async () => updates.some(({ auditId }) => auditId === own.auditId));
      return updates.every(({ auditId }) => auditId === own.auditId);
    });

    expect(client.connected).toBe(true);
  });
});

test('a member who is removed hears nothing more of the team within ten seconds, with the limits of a real server', async () => {
  const real = createServer();
  await using _closing = await attachedTo(real);
  const team = await createTeam();
  const owner = await signedInPerson([team.teamId], 'owner');
  const { projectId, auditId } = await queuedAudit(team);
  const member = await signedInPerson([team.teamId]);
  const address = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
  const client: Client = io(address, {
    transports: ['websocket'],
    extraHeaders: { cookie: member.cookie },
    forceNew: true,
  });
  open.push(client);
  await new Promise<void>((resolve) => client.on('connect', resolve));
  await client.emitWithAck('subscribe_updates', { projectId });
  const ctx = { ...team.as('owner'), userId: owner.userId };

  await removeMember(ctx, team.teamId, member.userId);

  const start = performance.now();
  await expect
    .poll(() => client.emitWithAck('subscribe_updates', { projectId }), { timeout: 10_000, interval: 100 })
    .toEqual({ ok: false, code: 'not_found' });
  expect(performance.now() - start).toBeLessThan(10_000);
  const heard: unknown[] = [];
  client.on('audit_update', (event) => heard.push(event));
  await publishAuditUpdate(auditId);
  expect(await client.emitWithAck('subscribe_team', { teamId: team.teamId })).toEqual({ ok: false, code: 'not_found' });
  expect(heard).toEqual([]);
});

test('a filter leaves out the magics nobody asked for and keeps the numbers', async () => {
  const team = await createTeam();
  const { projectId, auditId } = await queuedAudit(team);
  const { client, updates } = await connected([team]);
  await client.emitWithAck('subscribe_updates', { projectId });

  await client.emitWithAck('filter', { magics: ['git'] });
  await publishAuditUpdate(auditId, ['tdd']);
  await publishAuditUpdate(auditId, ['git']);
  await until('both updates', async () => updates.length === 2);

  expect(updates.map(({ magic }) => magic?.magic ?? null)).toEqual([null, 'git']);
});

test('a session that ends drops its socket, and the other one of the person stays', async () => {
  const team = await createTeam();
  const { client, sessionId, userId } = await connected([team]);
  const other = await signInAgain(userId);
  const kept: Client = io(url, { transports: ['websocket'], extraHeaders: { cookie: other.cookie }, forceNew: true });
  open.push(kept);
  await new Promise<void>((resolve) => kept.on('connect', resolve));
  const reason = new Promise<string>((resolve) => client.on('disconnect', resolve));

  await endSession(sessionId);

  expect(await reason).toBe('io server disconnect');
  const { projectId } = await queuedAudit(team);
  expect(await kept.emitWithAck('subscribe_updates', { projectId })).toEqual({ ok: true });
});

test('nobody is let in without a session', async () => {
  const client: Client = io(url, { transports: ['websocket'], reconnection: false });
  open.push(client);

  const error = await new Promise<Error>((resolve) => client.on('connect_error', resolve));

  expect(error.message).toBe('unauthenticated');
});

async function judgedFinding(team: TestTeam) {
  const projectId = await createProject(team);
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity', [markerFinding('a')])] });
  const { id } = await db().finding.findFirstOrThrow({ where: { projectId } });
  return { team, projectId, findingId: id };
}

async function queuedAudit(team: TestTeam): Promise<{ projectId: string; auditId: string }> {
  const projectId = await createProject(team);
  const full = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, full, { trigger: 'manual' });
  return { projectId, auditId };
}

/** The browser of a person who is in these teams. */
async function connected(teams: TestTeam[]): Promise<{ client: Client; updates: AuditUpdate[] } & SignedIn> {
  const person = await signedInPerson(teams.map(({ teamId }) => teamId));
  const extraHeaders = { cookie: person.cookie };
  const client: Client = io(url, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true });
  open.push(client);
  const updates: AuditUpdate[] = [];
  client.on('audit_update', (update) => updates.push(update));
  await new Promise<void>((resolve, reject) => {
    client.on('connect', resolve);
    client.on('connect_error', reject);
  });
  return { client, updates, ...person };
}

async function attachedTo(httpServer: Server): Promise<AsyncDisposable> {
  const attached = await attachRealtime(httpServer);
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  return { [Symbol.asyncDispose]: () => attached.close() };
}
