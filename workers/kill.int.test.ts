import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { holdWrites } from '@/tests/support/hold';
import { localRepository } from '@/tests/support/local-repository';

const FULL = { auditType: 'full', priority: 'normal' } as const;

let database: TestDatabase;
let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-kill-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

/** Whose last write is under way when the worker dies. Facts are read side by side, so both wait first. */
const STEPS = [['prepare'], ['collect', 'history'], ['collect'], ['judge'], ['settle']];

test('an audit whose worker is killed at every step ends with the same result', async () => {
  await using repository = await localRepository(sketch());
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  await startChild();
  const request = () => requestAudit(team.as('member'), projectId, FULL, { trigger: 'manual' });
  const undisturbed = await auditEnd((await request()).taskId);
  await forgetFacts();

  await startChild();
  let auditId = '';
  let lost = 0;
  for (const stages of STEPS) {
    const kinds = stages.map((stage) => `'${stage}'`).join();
    const isEnding = `new.kind in (${kinds}) and new.status = 'done'`;
    await using hold = await holdWrites(database.ownerUrl, 'audit_jobs', 'update', isEnding);
    // Only now: whoever takes a job over shall meet this hold, not the one before.
    for (; lost > 0; lost -= 1) await startChild();
    auditId ||= (await request()).taskId;
    await until(`${stages} to be nearly done`, () => hold.isWaiting());
    lost = await killHolders(auditId, stages);
  }
  await startChild();
  const disturbed = await auditEnd(auditId);

  expect(disturbed).toMatchObject({ status: 'completed', errorCode: null, attempt: 1 });
  expect(disturbed.resultHash).toBe(undisturbed.resultHash);
  expect(disturbed.jobs.filter(({ tries }) => tries > 1).length).toBeGreaterThanOrEqual(STEPS.length);
  expect(disturbed.jobs.every(({ status }) => status === 'done')).toBe(true);
  const evidence = await db().auditEvidence.findMany({ where: { projectId }, orderBy: { sequence: 'asc' } });
  expect(evidence.map(({ auditId: of, sequence }) => [of, sequence])).toEqual([
    [undisturbed.id, 1],
    [auditId, 2],
  ]);
  expect(evidence[1]?.previousHash).toBe(evidence[0]?.hash);
}, 180_000);

test('a worker that is told to stop hands its jobs back and leaves no trace', async () => {
  await kill([...children]);
  await using repository = await localRepository(sketch());
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  const child = await startChild();
  const { taskId } = await requestAudit(team.as('member'), projectId, FULL, { trigger: 'manual' });
  await until(
    'the audit to begin',
    async () => (await db().auditJob.count({ where: { auditId: taskId, tries: 1 } })) > 0,
  );

  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(await db().auditJob.count({ where: { status: 'running' } })).toBe(0);
  expect(await db().workerProcess.count({ where: { pid: child.pid ?? 0 } })).toBe(0);

  await startChild();
  expect(await auditEnd(taskId)).toMatchObject({ status: 'completed' });
});

function sketch() {
  const files = Array.from({ length: 20 }, (_, index) => [
    `src/file${index}.ts`,
    `export function f${index}() {\n  // TODO: ${randomUUID()}\n  return ${index};\n}\n`,
  ]);
  return { commits: [{ message: 'feat: begin', files: Object.fromEntries(files) }] };
}

/** So that everything is read again. */
async function forgetFacts(): Promise<void> {
  await db().$transaction([db().blobFactRow.deleteMany(), db().commitFactRow.deleteMany()]);
}

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      ELDER_DATA_DIR: dataDir,
      ALLOW_LOCAL_REPOSITORIES: 'true',
      WORKER_CONCURRENCY: '2',
    },
  });
  children.add(child);
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  expect(message).toBe('ready');
  return child;
}

/** Kills the workers that hold jobs of these stages; returns how many. */
async function killHolders(auditId: string, stages: readonly string[]): Promise<number> {
  const jobs = await db().auditJob.findMany({ where: { auditId, kind: { in: [...stages] }, status: 'running' } });
  const workers = await db().workerProcess.findMany({ where: { id: { in: jobs.map(({ worker }) => worker ?? '') } } });
  const holders = [...children].filter(({ pid }) => workers.some((worker) => worker.pid === pid));
  await kill(holders);
  return holders.length;
}

async function kill(some: readonly ChildProcess[]): Promise<void> {
  for (const child of some) {
    children.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
