import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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
  const [first, old, fresh] = [
    await commitAt(fixture.path, 0),
    await commitAt(fixture.path, 1),
    await commitAt(fixture.path, 2),
  ];
  const projectId = await createProject(await createTeam(), { path: fixture.path });
  const audit = (number: number, commitId: string, branch = 'main') =>
    completedAudit({ projectId, number, commitId, branch });

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
    { fact: null },
    { fact: { commit: first, number: 1, isKept: true } },
    { fact: { commit: old, number: 2, isKept: false } },
    { fact: { commit: old, number: 2, isKept: false } },
    { fact: { commit: fresh, number: 4, isKept: true } },
    { fact: null },
  ]);
});

test('says why a damaged repository cannot tell', async () => {
  await using fixture = await localRepository({
    commits: [
      { message: 'Begin', files: { 'a.ts': 'export const a = 1;\n' } },
      { message: 'Old way', files: { 'a.ts': 'export const a = 2;\n' } },
      { message: 'New way', files: { 'a.ts': 'export const a = 3;\n' }, parent: 0 },
    ],
  });
  const [first, old] = [await commitAt(fixture.path, 0), await commitAt(fixture.path, 1)];
  const projectId = await createProject(await createTeam(), { path: fixture.path });
  await completedAudit({ projectId, number: 1, commitId: old });
  const run = await completedAudit({ projectId, number: 2, commitId: fixture.head });
  const repository = await openGitDir(fixture.path);
  await rm(join(fixture.path, 'objects', first.slice(0, 2), first.slice(2)));

  expect(await loadLastAudit(run, repository)).toEqual({ missing: 'corrupt' });
});

async function commitAt(gitDir: string, index: number): Promise<string> {
  return (await runGit(['rev-parse', `refs/sketch/${index}`], { gitDir })).toString().trim();
}

async function completedAudit(audit: { projectId: string; number: number; commitId: string; branch?: string }) {
  const values = { branch: 'main', kind: 'full', trigger: 'manual', policy: {}, status: 'completed' } as const;
  const { id: auditId } = await db().audit.create({ data: { ...values, ...audit } });
  return { ...audit, auditId };
}
