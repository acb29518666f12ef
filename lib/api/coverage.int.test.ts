import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '@/lib/auth/permissions';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { newestCoverageHash } from '@/lib/services/coverage-reports';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { app } from './app';
import { MAX_COVERAGE_BYTES } from './coverage';

const COMMIT = 'c'.repeat(40);
const LCOV = 'SF:src/pay.ts\nDA:1,1\nDA:2,0\nend_of_record\n';

let database: TestDatabase;
let team: TestTeam;
let projectId: string;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  projectId = await createProject(team, { path: '/nowhere' });
  token = await tokenWith(['read', 'write']);
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('keeps a report, plain or packed, once', async () => {
  const plain = await send(LCOV);
  const packed = await send(gzipSync(LCOV));

  expect([plain.status, packed.status]).toEqual([200, 200]);
  const view = await plain.json();
  expect(view).toMatchObject({ projectId, commit: COMMIT, format: 'lcov', files: 1, lines: 2, hit: 1 });
  expect(await packed.json()).toEqual(view);
  expect(await db().coverageReport.count({ where: { projectId } })).toBe(1);
});

test('lets the newest report of a commit count', async () => {
  const first = await (await send(LCOV)).json();
  const second = await (await send(LCOV.replace('DA:2,0', 'DA:2,1'))).json();
  const newest = () => db().$transaction((tx) => newestCoverageHash(tx, projectId, COMMIT));

  expect(await newest()).toBe(second.hash);
  await send(LCOV);
  expect(await newest()).toBe(first.hash);
});

test.each([
  ['no commit', LCOV, '', 400, {}],
  ['a short commit', LCOV, '?commit=abc', 400, {}],
  ['an unknown format', LCOV, `?commit=${COMMIT}&format=gcov`, 400, {}],
  ['another format than said', LCOV, `?commit=${COMMIT}&format=jacoco`, 422, { line: 1 }],
  ['a damaged line', `${LCOV}DA:1,1\n`, `?commit=${COMMIT}`, 422, { line: 5, problem: 'no-file-before' }],
  ['an empty body', '', `?commit=${COMMIT}`, 422, { line: 1 }],
  ['a bomb', gzipSync(Buffer.alloc(40 * 1024 ** 2)), `?commit=${COMMIT}`, 413, { code: 'payload_too_large' }],
  [
    'too many bytes',
    Buffer.alloc(MAX_COVERAGE_BYTES + 1, 'a'),
    `?commit=${COMMIT}`,
    413,
    { code: 'payload_too_large' },
  ],
])('refuses %s', async (_, body, query, status, problem) => {
  const answer = await send(body, { query });

  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject(problem);
});

test('takes more than other requests may have', async () => {
  const large = `${LCOV}#${'x'.repeat(2 * 1024 ** 2)}\n`;

  expect((await send(large)).status).toBe(200);
});

test('takes a token with the scope write, of the own team', async () => {
  const stranger = await createTeam();
  const otherProject = await createProject(stranger, { path: '/elsewhere' });

  expect((await send(LCOV, { as: await tokenWith(['read']) })).status).toBe(403);
  expect((await send(LCOV, { as: null })).status).toBe(401);
  expect((await send(LCOV, { to: otherProject })).status).toBe(404);
});

async function send(
  body: string | Buffer,
  { query = `?commit=${COMMIT}`, as = token, to = projectId }: { query?: string; as?: string | null; to?: string } = {},
) {
  const bytes = new Uint8Array(Buffer.from(body));
  return app.request(`/api/v1/projects/${to}/coverage${query}`, {
    method: 'PUT',
    headers: { ...(as && { authorization: `Bearer ${as}` }), 'content-length': String(bytes.length) },
    body: bytes,
  });
}

async function tokenWith(scopes: Scope[]): Promise<string> {
  const value = createTokenValue();
  const user = await db().user.create({
    data: {
      email: `${value.toLowerCase()}@example.org`,
      name: 'Machine',
      memberships: { create: { teamId: team.teamId, role: 'member' } },
    },
  });
  const { teamId } = team;
  await db().apiToken.create({
    data: { userId: user.id, teamId, name: 'Machine', tokenHash: hashSecret(value), scopes },
  });
  return value;
}
