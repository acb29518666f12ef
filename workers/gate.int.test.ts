import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { getAudit, requestAudit } from '@/lib/services/audits';
import { getConfiguration } from '@/lib/services/configuration';
import { previewConfiguration } from '@/lib/services/configuration-preview';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { buildRepository } from '@/tests/support/sketch-repository';
import { startWorker } from './worker';

const CLEAN = 'export function pay() {\n  return charge();\n}\n';
const UNFINISHED = 'export function pay() {\n  // TODO: charge the card\n  return true;\n}\n';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-gate-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

const stepsOf = (files: string[]) => ({
  commits: files.map((text, at) => ({ message: `feat: step ${at}`, files: { 'src/pay.ts': text } })),
});

test('what is new since the last audit that passed stays new until it is gone', { timeout: 120_000 }, async () => {
  const noNew = { fail: 0, warn: null };
  const team = await createTeam({
    rules: { 'integrity/no-unfinished-code': { severity: 'medium' } },
    // Integrity alone is the whole audit: one of chosen magics is no baseline.
    magics: Object.fromEntries(MAGIC_IDS.filter((id) => id !== 'integrity').map((id) => [id, { isEnabled: false }])),
    gate: {
      health: { warn: null, fail: null },
      failedMagic: 'ignored',
      newFindings: { medium: noNew },
      newCode: { since: 'last_passed' },
    },
  });
  await using repository = await localRepository(stepsOf([CLEAN]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  const audited = async (files: string[]) => {
    await buildRepository(repository.path, stepsOf(files));
    return audit(team, projectId);
  };

  const first = await audit(team, projectId);
  const second = await audited([CLEAN, UNFINISHED]);
  const third = await audit(team, projectId);
  const fourth = await audited([CLEAN, UNFINISHED, CLEAN]);

  expect([first, second, third, fourth].map(({ gate }) => gate)).toEqual(['passed', 'failed', 'failed', 'passed']);
  expect(first.gateReason?.baseline).toEqual({ since: 'last_passed', auditId: null, number: null });
  expect(third.newCounts.medium).toBe(0);
  expect(third.gateReason).toMatchObject({
    id: 'new-findings',
    data: { count: 1, limit: 0, severity: 'medium', baseline: 1 },
    baseline: { since: 'last_passed', auditId: first.auditId, number: 1 },
    conditions: [{ id: 'new-findings', severity: 'medium', actual: 1, fail: 0, status: 'failed' }],
  });
});

test('a small change does not answer for new findings that are not Critical', { timeout: 120_000 }, async () => {
  const team = await createTeam({
    gate: {
      health: { warn: null, fail: null },
      failedMagic: 'ignored',
      newFindings: { low: { fail: 0, warn: null }, medium: { fail: 0, warn: null } },
      smallChangeLines: 5,
    },
  });
  await using repository = await localRepository(stepsOf([CLEAN]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  await audit(team, projectId);
  await buildRepository(repository.path, stepsOf([CLEAN, UNFINISHED]));

  const { gate, gateReason, newCounts } = await audit(team, projectId);

  expect(newCounts.low + newCounts.medium).toBeGreaterThan(0);
  expect(gate).toBe('passed');
  expect(gateReason).toMatchObject({ id: 'conditions-met', data: { smallLines: 2 } });
});

test('running the same commit again takes nothing from the gate', { timeout: 120_000 }, async () => {
  const team = await createTeam({
    gate: {
      health: { warn: null, fail: null },
      failedMagic: 'ignored',
      newFindings: { low: { fail: 0, warn: null }, medium: { fail: 0, warn: null } },
      smallChangeLines: 2,
    },
  });
  await using repository = await localRepository(stepsOf([CLEAN]));
  await using _ = await working();
  const projectId = await createProject(team, repository);
  await audit(team, projectId);
  await buildRepository(repository.path, stepsOf([CLEAN, UNFINISHED]));

  const runs = [await audit(team, projectId), await audit(team, projectId), await audit(team, projectId)];

  expect(runs.map(({ gate }) => gate)).toEqual(['failed', 'failed', 'failed']);
  expect(new Set(runs.map(({ gateReason }) => JSON.stringify(gateReason))).size).toBe(1);
  expect(runs.map(({ newCounts }) => newCounts.low + newCounts.medium > 0)).toEqual([true, false, false]);
  const { configuration } = await getConfiguration(team.as('owner'), team.teamId);
  const { items } = await previewConfiguration(team.as('owner'), team.teamId, { configuration });
  expect(items).toMatchObject([{ now: { gate: 'failed' }, next: { gate: 'failed' } }]);
  const lines = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  expect(lines.map(({ changedLines }) => changedLines)).toEqual([null, 2, 2, 2]);
  await buildRepository(repository.path, stepsOf([CLEAN, UNFINISHED, `${UNFINISHED}\n`]));
  expect((await audit(team, projectId)).gate).toBe('passed');
});

async function audit(team: TestTeam, projectId: string) {
  const enabledMagics: MagicId[] = ['integrity'];
  const request = { auditType: 'full', priority: 'normal', enabledMagics } as const;
  const { taskId } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
  await auditEnd(taskId);
  return getAudit(team.as('viewer'), taskId);
}

async function working(): Promise<AsyncDisposable> {
  const worker = await startWorker({
    databaseUrl: database.url,
    redisUrl: undefined,
    kinds: WORKER_KINDS,
    concurrency: 2,
    log: logger(),
    queuePrefix: randomUUID(),
  });
  return { [Symbol.asyncDispose]: () => worker.stop() };
}
