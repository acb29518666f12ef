import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { listAuditLog } from '@/lib/services/audit-log';
import { checkLogChain } from '@/lib/services/audit-log-check';
import { createToken } from '@/lib/services/tokens';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { prepareAuthSecret, signInAgain } from '@/tests/support/session-cookie';
import { app } from './app';

let database: TestDatabase;

beforeAll(async () => {
  prepareAuthSecret();
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function cookieOf(person: TestPerson): Promise<Record<string, string>> {
  return { cookie: (await signInAgain(person.userId)).cookie, 'sec-fetch-site': 'same-origin' };
}

async function ask(headers: Record<string, string>, path: string, method = 'GET', body?: unknown): Promise<number> {
  const answer = await app.request(`/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.status;
}

async function logged(admin: TestPerson, teamId: string) {
  const { items } = await listAuditLog(await admin.ask(), teamId, { limit: 50, action: 'request.refused' });
  return items.map(({ actor, target, detail }) => ({ actor: actor?.userId, target, detail }));
}

test('what a member may not do is in the log of the team, once a minute for each action', async () => {
  const teamId = await newTeam();
  const [admin, member] = [await createPerson({ [teamId]: 'admin' }), await createPerson({ [teamId]: 'member' })];
  const headers = await cookieOf(member);

  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push(await ask(headers, `/teams/${teamId}/tokens`));
  statuses.push(await ask(headers, `/teams/${teamId}`, 'PATCH', { teamName: 'Mine' }));

  expect(statuses).toEqual([403, 403, 403, 403]);
  expect(await logged(admin, teamId)).toEqual([
    {
      actor: member.userId,
      target: 'PATCH /api/v1/teams/{teamId}',
      detail: { code: 'forbidden', permission: 'team.manage', leastRole: 'admin' },
    },
    {
      actor: member.userId,
      target: 'GET /api/v1/teams/{teamId}/tokens',
      detail: { code: 'forbidden', permission: 'token.manage', leastRole: 'admin' },
    },
  ]);
  expect(await checkLogChain(teamId)).toMatchObject({ isIntact: true, entries: 2 });
});

test('what a token lacks the scope for is in the log of its team', async () => {
  const teamId = await newTeam();
  const admin = await createPerson({ [teamId]: 'admin' });
  const { value } = await createToken(await admin.ask(), teamId, {
    name: 'Reader',
    scopes: ['read'],
    expiresInDays: 1,
  });

  expect(await ask({ authorization: `Bearer ${value}` }, `/teams/${teamId}/audit-log`)).toBe(403);

  expect(await logged(admin, teamId)).toMatchObject([
    { actor: admin.userId, target: 'GET /api/v1/teams/{teamId}/audit-log', detail: { permission: 'log.read' } },
  ]);
});

test('a change that may not be read back is refused before it is made', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const admin = await createPerson({ [team.teamId]: 'admin' });
  const { value } = await createToken(await admin.ask(), team.teamId, {
    name: 'Writer',
    scopes: ['write', 'admin'],
    expiresInDays: 1,
  });
  const headers = { authorization: `Bearer ${value}` };
  await runJudgedAudit(team.as('member'), projectId, {
    results: [magicResult('integrity', [markerFinding('a')], { outcomes: { [MARKER_RULE]: 'failed' } })],
  });
  const { id: findingId } = await db().finding.findFirstOrThrow({ where: { projectId } });
  const configuration = { version: 0, configuration: { strictness: 0.9 }, reason: 'stricter' };

  const statuses = [
    await ask(headers, `/findings/${findingId}`, 'PATCH', { verdict: 'wont_fix', reason: 'not ours' }),
    await ask(headers, `/teams/${team.teamId}/configuration`, 'PUT', configuration),
  ];

  expect(statuses).toEqual([403, 403]);
  const { configurationVersion } = await db().team.findFirstOrThrow({ where: { id: team.teamId } });
  const { verdict } = await db().finding.findFirstOrThrow({ where: { id: findingId } });
  expect({ configurationVersion, verdict }).toEqual({ configurationVersion: 0, verdict: null });
});

test('neither nobody nor somebody of another team leaves a trace in it', async () => {
  const [teamId, otherId] = [await newTeam(), await newTeam()];
  const [admin, stranger] = [await createPerson({ [teamId]: 'admin' }), await createPerson({ [otherId]: 'viewer' })];

  expect(await ask({}, `/teams/${teamId}/tokens`)).toBe(401);
  expect(await ask(await cookieOf(stranger), `/teams/${teamId}/tokens`)).toBe(404);

  expect(await logged(admin, teamId)).toEqual([]);
  expect(await db().auditLogEntry.count({ where: { teamId: otherId } })).toBe(0);
});
