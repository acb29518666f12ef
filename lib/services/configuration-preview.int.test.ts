import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration } from '@/lib/schemas/configuration';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { previewConfiguration, previewOverride } from './configuration-preview';

let database: TestDatabase;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
  projectId = await createProject(team);
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity', [markerFinding('a')])] });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const preview = (settings: object, signal = new AbortController().signal) =>
  previewConfiguration(team.as('admin'), team.teamId, { configuration: Configuration.parse(settings) }, signal);

test('a preview that nobody waits for ends, and lets the next one begin', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const typed = [preview({ strictness: 0.9 }, first.signal), preview({ strictness: 0.91 }, second.signal)];
  first.abort();
  second.abort();

  const stopped = { status: 'rejected', reason: { code: 'cancelled' } };
  expect(await Promise.allSettled(typed)).toMatchObject([stopped, stopped]);
  expect((await preview({ strictness: 0.92 })).items).toMatchObject([{ projectId, isExact: expect.any(Boolean) }]);
  await expect(
    previewOverride(team.as('admin'), projectId, { override: {} }, AbortSignal.abort()),
  ).rejects.toMatchObject({ code: 'cancelled' });
});

test('what is in force is told to all who open a page at once, more than could wait', async () => {
  const told = await Promise.all(Array.from({ length: 60 }, () => preview({})));

  expect(new Set(told.map(({ items }) => JSON.stringify(items))).size).toBe(1);
  expect(told[0]?.differences).toEqual([]);
});
