import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('registers the repository of the command line for the first owner, and ends', async () => {
  const { teamId } = await createTeam();
  await db().user.create({
    data: { email: 'owner@example.com', name: 'Owner', memberships: { create: { teamId, role: 'owner' } } },
  });
  await using repository = await localRepository({ commits: [{ message: 'feat: begin', files: { 'a.ts': '' } }] });

  const child = fork('scripts/supervisor/register.ts', [repository.path], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: database.url, ALLOW_LOCAL_REPOSITORIES: 'true', LOG_LEVEL: 'fatal' },
  });
  const [[answer], [code]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);

  const project = await db().project.findFirstOrThrow({ where: { teamId }, include: { audits: true } });
  expect(answer).toEqual({ result: { projectId: project.id } });
  expect(code).toBe(0);
  expect(project.audits).toHaveLength(1);
});
