import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runAudit } from '@/bin/run-audit';
import { asSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { Policy } from '@/lib/magics/policy';
import { MAGIC_IDS, type RuleResult } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { importedAdvisories } from '@/lib/services/imported-advisories';
import { findUnchanged } from '@/lib/services/unchanged-branch';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { startWorker } from './worker';

const RULE = 'sages/no-vulnerable-dependency';

let database: TestDatabase;
let work: string;
let advisories: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'elder-advisories-'));
  advisories = path.join(work, 'osv');
  await writeAdvisory(advisories, '2024-05-06T00:00:00Z', '4.17.21');
  process.env.ELDER_ADVISORIES = advisories;
  process.env.ELDER_DATA_DIR = path.join(work, 'data');
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
});

test('a worker judges with the imported advisories as the command line does, and takes up newer ones', async () => {
  const packages = { 'node_modules/lodash': { version: '4.17.20' } };
  const lock = { name: 'shop', lockfileVersion: 3, packages: { '': { dependencies: { lodash: '4' } }, ...packages } };
  const manifest = { name: 'shop', dependencies: { lodash: '4' } };
  const files = { 'package.json': JSON.stringify(manifest), 'package-lock.json': JSON.stringify(lock) };
  await using repository = await localRepository({ commits: [{ message: 'feat: begin', files }] });
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  const log = logger();
  const worker = await startWorker({
    ...{ databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 2, log, queuePrefix: randomUUID() },
  });
  const audited = async () => {
    const request = { auditType: 'full', priority: 'normal' } as const;
    const { taskId } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
    const { resultHash, magicResults } = await auditEnd(taskId);
    const sages = magicResults.find(({ magic }) => magic === 'sages')?.result as unknown as { rules: RuleResult[] };
    return { taskId, resultHash, rule: sages.rules.find(({ ruleId }) => ruleId === RULE) };
  };
  const hashOfCommandLine = async (data?: string) =>
    (
      await runAudit({
        ...{
          path: repository.path,
          ref: undefined,
          magics: MAGIC_IDS,
          coverage: undefined,
          failUnder: undefined,
          strictness: undefined,
        },
        ...{ cache: undefined, advisories: data, language: 'en', threads: 1 },
      })
    ).resultHash;

  const first = await audited();
  const expectedFirst = await hashOfCommandLine(advisories);
  await replaceAdvisories(path.join(work, 'newer'), () =>
    writeAdvisory(path.join(work, 'newer'), '2025-06-07T00:00:00Z', '4.17.20'),
  );
  const unchanged = async (auditId: string) => {
    const { policy } = await db().audit.findFirstOrThrow({ where: { id: auditId } });
    return asSystem(() => findUnchanged(projectId, Policy.parse(policy), { log }));
  };
  const beforeSecond = await unchanged(first.taskId);
  const second = await audited();
  const afterSecond = await unchanged(second.taskId);
  await replaceAdvisories(path.join(work, 'same-day'), () =>
    writeAdvisory(path.join(work, 'same-day'), '2025-06-07T12:00:00Z', '4.17.21'),
  );
  const afterSameDay = await unchanged(second.taskId);
  await replaceAdvisories(path.join(work, 'again'), () =>
    writeAdvisory(path.join(work, 'again'), '2025-06-07T00:00:00Z', '4.17.20'),
  );
  await worker.stop();

  expect(first.rule).toMatchObject({ outcome: 'failed', metrics: { advisories_date: 20240506 } });
  expect(first.resultHash).toBe(expectedFirst);
  expect(first.resultHash).not.toBe(await hashOfCommandLine());
  expect(second.rule).toMatchObject({ outcome: 'passed', metrics: { advisories_date: 20250607 } });
  expect(second.resultHash).toBe(await hashOfCommandLine(advisories));
  // What a schedule leaves out: nothing once other advisories are there, be they of the same day.
  expect([beforeSecond, afterSecond, afterSameDay]).toEqual([null, repository.head, null]);
});

test('data that cannot be read does not silence what was known, but refuses a start', async () => {
  await replaceAdvisories(path.join(work, 'known'), () =>
    writeAdvisory(path.join(work, 'known'), '2025-09-09T00:00:00Z', '4.17.21'),
  );
  const known = await importedAdvisories();
  await replaceAdvisories(path.join(work, 'empty'), () => mkdir(path.join(work, 'empty')));

  const kept = await importedAdvisories();
  vi.resetModules();
  const fresh = await import('@/lib/services/imported-advisories');

  expect(known?.date).toBe('2025-09-09');
  expect(kept).toBe(known);
  await expect(fresh.prepareAdvisories()).rejects.toMatchObject({ code: 'invalid_settings' });
});

/** As an operator does it: the new directory takes the place of the old one. */
async function replaceAdvisories(directory: string, write: () => Promise<unknown>): Promise<void> {
  await write();
  await rename(advisories, path.join(work, `before-${randomUUID()}`));
  await rename(directory, advisories);
}

async function writeAdvisory(directory: string, modified: string, fixed: string): Promise<void> {
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }];
  const affected = [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges }];
  await mkdir(directory);
  await writeFile(
    path.join(directory, 'GHSA-35jh-r3h4-6jhm.json'),
    JSON.stringify({ id: 'GHSA-35jh-r3h4-6jhm', modified, database_specific: { severity: 'HIGH' }, affected }),
  );
}
