import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { listTeamMagics } from './team-magics';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('a team sees the mean of each magic over its own projects, and none where nothing was judged', async () => {
  const team = await createTeam();
  const other = await createTeam();
  await createProject(team);
  for (const [owner, score] of [
    [team, 90],
    [team, 45.5],
    [team, null],
    [other, 10],
  ] as const) {
    const failed = { ...magicResult('integrity', [], { score }), ...(score === 45.5 && { status: 'failed' as const }) };
    await runJudgedAudit(owner.as('member'), await createProject(owner), { results: [failed] });
  }

  const { items } = await listTeamMagics(team.as('viewer'), team.teamId);

  expect(items).toHaveLength(8);
  expect(items[0]).toEqual({ magic: 'integrity', score: 67.8, judged: 2, failed: 1, warning: 0 });
  expect(items.find(({ magic }) => magic === 'tdd')).toMatchObject({ score: null, judged: 0 });
});

test('another team is not found', async () => {
  const team = await createTeam();

  await expect(listTeamMagics((await createTeam()).as('owner'), team.teamId)).rejects.toMatchObject({
    code: 'not_found',
  });
});
