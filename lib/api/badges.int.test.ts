import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { app } from './app';

let database: TestDatabase;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  projectId = await createProject(team);
  await db().project.update({ where: { id: projectId }, data: { publicBadge: true, name: 'Secret name' } });
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity')] });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const ask = (id: string, query = '', headers: Record<string, string> = {}, address = randomUUID()) =>
  app.request(`/api/v1/projects/${id}/badge.svg${query}`, { headers }, { clientAddress: address });

test('a public badge is shown to anybody and on any page, and may be kept for a while', async () => {
  const answer = await ask(projectId, '?metric=integrity');

  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/svg+xml; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  const svg = await answer.text();
  expect(svg).toContain('<title>Integrity: 90 Passed</title>');
  expect(svg).not.toContain('Secret');
});

test('what the holder has already is not sent again', async () => {
  const etag = (await ask(projectId)).headers.get('etag') ?? '';

  const again = await ask(projectId, '', { 'if-none-match': `W/"other", ${etag}` });

  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await ask(projectId, '?metric=gate', { 'if-none-match': etag })).status).toBe(200);
});

test('a private, an unknown and an impossible project give the same answer', async () => {
  const hidden = await createProject(team);
  const answers = await Promise.all(
    [hidden, randomUUID(), 'nothing', `${projectId}'`].map(async (id) => {
      const answer = await ask(id);
      const { 'x-request-id': _, ...headers } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers, text: await answer.text() };
    }),
  );

  expect(answers[0]).toMatchObject({ status: 404, text: expect.stringContaining('unknown') });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

test('a project that takes its badge back shows it no longer', async () => {
  const other = await createProject(team);
  await db().project.update({ where: { id: other }, data: { publicBadge: true } });
  expect((await ask(other)).status).toBe(200);

  await db().project.update({ where: { id: other }, data: { publicBadge: false } });

  expect((await ask(other)).status).toBe(404);
});

test('a team that lets its projects show none has none', async () => {
  const closed = await createTeam();
  const shown = await createProject(closed);
  await db().project.update({ where: { id: shown }, data: { publicBadge: true } });
  expect((await ask(shown)).status).toBe(200);

  await db().team.update({ where: { id: closed.teamId }, data: { policy: { publicBadge: false } } });

  expect((await ask(shown)).status).toBe(404);
});

test('a metric that there is none of is named', async () => {
  const answer = await ask(projectId, '?metric=mood');

  expect([answer.status, (await answer.json()).detail]).toEqual([400, expect.stringContaining('metric')]);
});

test('an address that asks too much waits', async () => {
  const address = randomUUID();
  const statuses = [];
  for (let turn = 0; turn < 602; turn += 1) statuses.push((await ask('nothing', '', {}, address)).status);

  expect([statuses.at(599), statuses.at(-1)]).toEqual([404, 429]);
  expect((await ask('nothing')).status).toBe(404);
});
