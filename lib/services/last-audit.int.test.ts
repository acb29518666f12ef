import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { openGitDir } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { loadLastAudit } from './last-audit';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('compares with the newest earlier audit of another commit of the branch', async () => {
  await using fixture = await localRepository({
    commits: [
      { message: 'Begin', files: { 'a.ts': 'export const a = 1;\n' } },
      { message: 'Old way', files: { 'a.ts': 'export const a = 2;\n' } },
      { message: 'New way', files: { 'a.ts': 'export const a = 3;\n' }, parent: 0 },
    ],
  });
  const repository = await openGitDir(fixture.path);
  const idOf = async (index: number) =>
    (await runGit(['rev-parse', `refs/sketch/${index}`], { gitDir: fixture.path })).toString().trim();
  const [first, old, fresh] = [await idOf(0), await idOf(1), await idOf(2)];
  const projectId = await createProject(await createTeam(), { path: fixture.path });
  const audit = async (number: number, commitId: string, branch = 'main') => {
    const values = { projectId, number, commitId, branch, kind: 'full', trigger: 'manual', policy: {} };
    const { id: auditId } = await db().audit.create({ data: { ...values, status: 'completed' } });
    return { projectId, auditId, commitId };
  };

  const runs = [
    await audit(1, first),
    await audit(2, old),
    await audit(3, fresh),
    await audit(4, fresh),
    await audit(5, first),
    await audit(6, fresh, 'other'),
  ];
  const found = await Promise.all(runs.map((run) => loadLastAudit(run, repository)));

  expect(found).toEqual([
    null,
    { commit: first, number: 1, isKept: true },
    { commit: old, number: 2, isKept: false },
    { commit: old, number: 2, isKept: false },
    { commit: fresh, number: 4, isKept: true },
    null,
  ]);
});
