import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { MAGIC_IDS } from '@/lib/magics/types';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { loadEarlierScores } from './earlier-scores';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

interface Given {
  day: number;
  score?: number | null;
  status?: 'completed' | 'partial';
  branch?: string;
  magics?: readonly string[];
  rulePackVersion?: number | null;
  policy?: object;
  commitId?: string;
}

async function audits(...given: Given[]): Promise<{ projectId: string; auditId: string; branch: string }> {
  const projectId = await createProject(await createTeam());
  let auditId = '';
  for (const [index, each] of given.entries()) {
    const { day, score = 80, status = 'completed', branch = 'main', magics = MAGIC_IDS } = each;
    const { rulePackVersion = RULE_PACK_VERSION, policy = { strictness: 0.5 }, commitId = `commit-${day}` } = each;
    const values = { projectId, number: index + 1, branch, commitId, status, policy, rulePackVersion };
    const fixed = { kind: 'full', trigger: 'push', healthScore: score, enabledMagics: [...magics] };
    const committedAt = new Date(day * 86_400_000);
    ({ id: auditId } = await db().audit.create({ data: { ...values, ...fixed, committedAt } }));
  }
  return { projectId, auditId, branch: 'main' };
}

test('gives the newest score of each earlier commit, in the order of the commits', async () => {
  const run = await audits(
    { day: 3, score: 70 },
    { day: 1, score: 90 },
    { day: 3, score: 71 },
    { day: 2, score: 80 },
    { day: 4, score: 60 },
  );

  expect(await loadEarlierScores(run)).toEqual([
    { at: 86_400, score: 90 },
    { at: 2 * 86_400, score: 80 },
    { at: 3 * 86_400, score: 71 },
  ]);
});

test('compares only what was measured with the same yardstick', async () => {
  const run = await audits(
    { day: 1, rulePackVersion: RULE_PACK_VERSION - 1 },
    { day: 2, rulePackVersion: null },
    { day: 3, policy: { strictness: 0.9 } },
    { day: 4, magics: ['strict'] },
    { day: 5, status: 'partial' },
    { day: 6, branch: 'other' },
    { day: 7, score: null },
    { day: 20 },
    { day: 8, score: 75, policy: { strictness: 0.5, gate: { failUnder: 10 } } },
    { day: 10 },
  );

  expect(await loadEarlierScores(run)).toEqual([{ at: 8 * 86_400, score: 75 }]);
});

test('a commit alone has no earlier score', async () => {
  expect(await loadEarlierScores(await audits({ day: 9 }, { day: 9 }))).toBeNull();
});
