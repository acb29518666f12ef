import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { mirrorName, mirrorsDir } from './repositories';
import { removeUnusedMirrors } from './unused-mirrors';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('copies that no project holds are removed, but none that was fetched lately', async () => {
  const { canonicalKey } = await db().project.findUniqueOrThrow({
    where: { id: await createProject(await createTeam()) },
  });
  const [used, old, fresh] = [
    mirrorName(canonicalKey, null),
    mirrorName('example.com/old', null),
    mirrorName('example.com/fresh', null),
  ];
  for (const name of [used, old, fresh]) {
    const dir = join(mirrorsDir(), name);
    await mkdir(join(dir, 'objects'), { recursive: true });
    await writeFile(join(dir, 'HEAD'), 'ref: refs/heads/main\n');
    const age = name === fresh ? 3_600_000 : 2 * 86_400_000;
    await utimes(dir, new Date(), new Date(Date.now() - age));
  }

  await removeUnusedMirrors();

  expect((await readdir(mirrorsDir())).sort()).toEqual([used, fresh].sort());
});
