import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { requestAudit } from './audits';
import { loadTypicalSeconds } from './estimates';

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  team = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('an audit is expected to take what similar ones took, never what the first one did', async () => {
  const projectId = await createProject(team);
  await took(projectId, 60, ['integrity']);
  const second = await next(projectId, ['integrity']);
  const afterFirst = await loadTypicalSeconds([second]);
  await db().audit.delete({ where: { id: second } });
  for (const seconds of [3, 4, 5]) await took(projectId, seconds, ['integrity']);
  await took(projectId, 30, ['git', 'tdd']);
  const same = await next(projectId, ['integrity']);
  const other = await next(projectId, ['strict']);

  const typical = await loadTypicalSeconds([same, other]);

  expect(afterFirst).toEqual(new Map());
  expect(typical.get(same)).toBeCloseTo(4);
  expect(typical.has(other)).toBe(false);
});

async function took(projectId: string, seconds: number, magics: readonly MagicId[]): Promise<void> {
  const results = magics.map((magic) => magicResult(magic));
  const id = await runJudgedAudit(team.as('member'), projectId, { results });
  const startedAt = new Date('2026-01-01T00:00:00Z');
  await db().audit.update({
    where: { id },
    data: { startedAt, endedAt: new Date(startedAt.getTime() + seconds * 1000) },
  });
}

async function next(projectId: string, enabledMagics: MagicId[]): Promise<string> {
  const request = { auditType: 'full', priority: 'normal', enabledMagics } as const;
  return (await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' })).taskId;
}
