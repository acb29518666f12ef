import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { endSession } from '@/lib/auth/sessions';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { runSql } from '@/tests/support/postgres';
import { cookieOf, prepareAuthSecret, signedInPerson } from '@/tests/support/session-cookie';
import { apiDocument, app } from './app';

const EVIL = 'http://evil.example';
const SAFE = new Set(['get', 'head']);

let database: TestDatabase;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  prepareAuthSecret();
  // A quarter of it, 75 requests, may come at once.
  process.env.ELDER_API_RATE = '300';
  database = await testDatabase();
  team = await createTeam();
  projectId = await createProject(team);
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

interface Route {
  method: string;
  path: string;
  isOpen: boolean;
}

/** Every route of the document; what stands in braces is another id each time. */
function routes(): Route[] {
  return Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({
      method,
      path,
      isOpen: !(operation as { security?: unknown }).security,
    })),
  );
}

/** What a route cannot do without. */
const fill = (path: string, id: string) =>
  path.replace('{magic}', 'git').replaceAll(/\{\w+\}/g, id) +
  (/\/(?:coverage|imports)$/.test(path) ? `?commit=${'c'.repeat(40)}` : '');

describe('another site’s page', () => {
  const writes = routes().filter(({ method, isOpen }) => !SAFE.has(method) && !isOpen);

  test.each(writes)('cannot use a session for $method $path', async ({ method, path }) => {
    const { cookie, userId } = await signedInPerson([team.teamId], 'owner');

    const foreign: Record<string, string>[] = [
      { origin: EVIL },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ];
    for (const headers of foreign) {
      const answer = await ask(method, fill(path, projectId), { cookie, ...headers }, '{}');

      expect([answer.status, (await answer.json()).code]).toEqual([403, 'forbidden']);
    }
    expect(await db().session.count({ where: { userId } })).toBe(1);
    expect(await db().audit.count({ where: { projectId } })).toBe(0);
    const entries = await db().auditLogEntry.findMany({ where: { actorId: userId } });
    expect(entries).toMatchObject([{ action: 'request.refused', target: `${method.toUpperCase()} ${path}` }]);
  });

  test('may not read answers: none names an origin', async () => {
    const { cookie } = await signedInPerson([team.teamId]);

    for (const path of ['/api/v1/projects', '/api/v1/magics', '/api/v1/nothing']) {
      const { headers } = await ask('get', path, { cookie, origin: EVIL });

      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  test('is told apart from our own', async () => {
    const { cookie } = await signedInPerson([team.teamId]);

    const own: Record<string, string>[] = [
      { origin: 'http://localhost', host: 'localhost' },
      { 'sec-fetch-site': 'same-origin', host: 'localhost' },
    ];
    for (const headers of own) {
      expect((await ask('patch', '/api/v1/me', { cookie, ...headers }, '{"theme":"dark"}')).status).toBe(200);
    }
  });
});

describe('what belongs to another team', () => {
  test('is in no list, whatever the query or the body names', async () => {
    const other = await plantedElsewhere();
    const authorization = await token(team.teamId);
    const asks = (id: { teamId: string; projectId: string }): [string, string, string?][] => [
      ['get', `/projects?teamId=${id.teamId}`],
      ['get', `/portfolio?teamId=${id.teamId}`],
      ['get', `/portfolio/counts?teamId=${id.teamId}`],
      ['get', `/audits?teamId=${id.teamId}`],
      ['get', `/audits?projectId=${id.projectId}`],
      ['post', '/projects', JSON.stringify({ repositoryUrl: '/nowhere', teamId: id.teamId })],
      ['post', '/projects/check', JSON.stringify({ repositoryUrl: '/nowhere', teamId: id.teamId })],
    ];
    const answers = async (id: { teamId: string; projectId: string }) => {
      const all = [];
      for (const [method, path, body] of asks(id)) {
        all.push(await plain(await ask(method, `/api/v1${path}`, { authorization }, body)));
      }
      return all;
    };

    const [real, none] = [await answers(other), await answers({ teamId: randomUUID(), projectId: randomUUID() })];

    expect(real).toEqual(none);
    expect(JSON.stringify(real)).not.toContain(other.auditId);
  });

  test('cannot be reached with the cursor of someone who may', async () => {
    const other = await createTeam();
    for (const name of ['a', 'b', 'c']) await createProject(other, { path: `/${name}` });
    const page = await ask('get', '/api/v1/projects?limit=1', { authorization: await token(other.teamId) });
    const { nextCursor } = await page.json();

    const answer = await ask('get', `/api/v1/projects?cursor=${nextCursor}`, {
      authorization: await token(team.teamId),
    });

    const { items } = await answer.json();
    expect(nextCursor).toEqual(expect.any(String));
    expect(items.map(({ teamName }: { teamName: string }) => teamName)).not.toContain('Other');
    expect(items.every((item: { projectId: string }) => item.projectId === projectId)).toBe(true);
  });
});

describe('a forged session', () => {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('is nobody, whichever way it was made', async () => {
    const { sessionId, userId, cookie } = await signedInPerson([team.teamId]);
    const claims = { sub: userId, sessionId };
    const forged = [
      `next-auth.session-token=${base64({ alg: 'none' })}.${base64(claims)}.`,
      `next-auth.session-token=${base64({ alg: 'dir', enc: 'A256GCM', kid: '../../dev/null' })}.....`,
      await cookieOf(claims, 'another secret of thirty-two characters'),
      await cookieOf({ sub: userId }),
      await cookieOf({ sub: userId, sessionId: "' or true --" }),
      await cookieOf({ sub: userId, sessionId: randomUUID() }),
      cookie.slice(0, -4),
      cookie.replace('next-auth', '__Secure-next-auth'),
    ];

    const statuses: number[] = [];
    for (const one of forged) statuses.push((await ask('get', '/api/v1/me', { cookie: one })).status);

    expect(statuses).toEqual(forged.map(() => 401));
    expect((await ask('get', '/api/v1/me', { cookie })).status).toBe(200);
  });

  test('of a session that was ended is nobody at once', async () => {
    const { sessionId, cookie } = await signedInPerson([team.teamId]);
    const before = await ask('get', '/api/v1/me', { cookie });

    await endSession(sessionId);

    expect([before.status, (await ask('get', '/api/v1/me', { cookie })).status]).toEqual([200, 401]);
  });
});

describe('a token', () => {
  test('in the address is nobody, and stays out of the answer', async () => {
    const value = (await token(team.teamId)).slice('Bearer '.length);

    for (const name of ['token', 'access_token', 'api_key', 'authorization']) {
      const answer = await ask('get', `/api/v1/projects?${name}=${value}`);

      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(value);
    }
  });

  test('cannot be guessed by trying: the address is refused, those who are known and other addresses are not', async () => {
    const [guesser, neighbour] = [{ clientAddress: '203.0.113.1' }, { clientAddress: '203.0.113.2' }];
    const [known, fresh] = [await token(team.teamId), await token(team.teamId)];
    await app.request('/api/v1/me', { headers: { authorization: known } }, guesser);
    const guess = () => app.request('/api/v1/me', { headers: { authorization: `Bearer ${randomUUID()}` } }, guesser);
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) statuses.push((await guess()).status);

    const last = await guess();

    expect([statuses.slice(0, 30).every((status) => status === 401), last.status]).toEqual([true, 429]);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    const status = async (authorization: string, from: object) =>
      (await app.request('/api/v1/me', { headers: { authorization } }, from)).status;
    expect(await status(known, guesser)).toBe(200);
    expect(await status(fresh, guesser)).toBe(429);
    expect(await status(fresh, neighbour)).toBe(200);
  });

  test('that asks too much waits, and others do not', async () => {
    const [loud, quiet] = [await token(team.teamId), await token(team.teamId)];
    let answer = await ask('get', '/api/v1/me', { authorization: loud });
    for (let count = 0; answer.status === 200 && count < 1000; count += 1) {
      answer = await ask('get', '/api/v1/me', { authorization: loud });
    }

    expect(answer.status).toBe(429);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 1 });
    expect((await ask('get', '/api/v1/me', { authorization: quiet })).status).toBe(200);
  });

  test('that is refused is counted where operators look', async () => {
    const count = async (code: string) => {
      const text = await (await ask('get', '/api/v1/metrics')).text();
      return Number(new RegExp(`elder_refusals_total{code="${code}"} (\\d+)`).exec(text)?.[1] ?? 0);
    };
    const before = await count('unauthenticated');

    await ask('get', '/api/v1/me', { authorization: 'Bearer not-a-token' });

    expect(await count('unauthenticated')).toBe(before + 1);
  });

  test('of the same person is counted by itself, their browsers together', async () => {
    const person = await signedInPerson([team.teamId]);
    const values = [await tokenOf(person.userId, team.teamId), await tokenOf(person.userId, team.teamId)];
    let answer = await ask('get', '/api/v1/me', { cookie: person.cookie });
    while (answer.status === 200) answer = await ask('get', '/api/v1/me', { cookie: person.cookie });

    const statuses: number[] = [];
    for (const authorization of values) statuses.push((await ask('get', '/api/v1/me', { authorization })).status);

    expect([answer.status, ...statuses]).toEqual([429, 200, 200]);
  });
});

describe('every answer', () => {
  test('tells browsers and proxies to guess, keep and frame nothing, whatever its status', async () => {
    const authorization = await token(team.teamId, 'viewer');
    const answers = [
      await ask('get', '/api/v1/me', { authorization }),
      await ask('get', '/api/v1/audits/none', { authorization }),
      await ask('get', '/api/v1/me'),
      await ask('post', `/api/v1/projects/${projectId}/audit/trigger`, { authorization }, '{}'),
      await ask('get', `/api/v1/projects/${randomUUID()}/overview`, { authorization }),
      await ask('post', '/api/v1/projects', { authorization }, 'x'.repeat(1_100_000)),
      await ask('get', '/api/v1/../../etc/passwd'),
      await ask('get', '/api/v1/health/live'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 400, 401, 403, 404, 413, 404, 200]);
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-request-id': expect.stringMatching(/^[\w.-]{8,80}$/),
      });
    }
  });

  test('to what breaks inside names the request and nothing of the inside', async () => {
    const authorization = await token(team.teamId);
    await runSql(database.ownerUrl, 'alter table teams rename to teams_away');

    const answer = await ask('get', '/api/v1/projects', { authorization, 'x-request-id': 'trace-me-0123' });
    await runSql(database.ownerUrl, 'alter table teams_away rename to teams');

    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(await answer.json()).toEqual({
      type: '/docs/api#internal',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      detail: expect.not.stringMatching(/teams|select|\.ts|at /),
      requestId: 'trace-me-0123',
    });
  });

  test('has an id of ours where the client’s would not fit into a log', async () => {
    const { headers } = await ask('get', '/api/v1/magics', { 'x-request-id': 'short"}' });

    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const hasBody = body !== undefined && !SAFE.has(method);
  return app.request(path, {
    method: method.toUpperCase(),
    headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body }),
  });
}

/** An answer without what differs from request to request. */
async function plain(answer: Response): Promise<object> {
  return { status: answer.status, ...(await answer.json()), requestId: '' };
}

async function token(teamId: string, role: 'viewer' | 'owner' = 'owner'): Promise<string> {
  const { userId } = await signedInPerson([teamId], role);
  return tokenOf(userId, teamId);
}

async function tokenOf(userId: string, teamId: string): Promise<string> {
  const value = createTokenValue();
  const scopes = ['read', 'write', 'admin'];
  await db().apiToken.create({ data: { userId, teamId, name: 'Machine', tokenHash: hashSecret(value), scopes } });
  return `Bearer ${value}`;
}

async function plantedElsewhere() {
  const other = await createTeam();
  const id = await createProject(other);
  const audit = await db().audit.create({
    data: { projectId: id, number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: {} },
  });
  const at = new Date();
  const finding = await db().finding.create({
    data: {
      projectId: id,
      fingerprint: randomUUID(),
      ruleId: 'integrity/no-unfinished-code',
      magic: 'integrity',
      severity: 'low',
      severityRank: 3,
      confidence: 1,
      messageId: 'marker',
      data: {},
      state: 'new',
      firstAuditId: audit.id,
      firstSeenAt: at,
      lastAuditId: audit.id,
      lastSeenAt: at,
    },
  });
  return { teamId: other.teamId, projectId: id, auditId: audit.id, findingId: finding.id };
}
