import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { loadCoverage, saveCoverage } from './coverage-reports';

const COMMIT = 'c'.repeat(40);

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

test('gives an audit the report it was pinned to, whatever was sent since', async () => {
  const projectId = await createProject(team, { path: '/pinned' });
  const first = await send(projectId, COMMIT, 1);
  await send(projectId, COMMIT, 0);

  const report = await loadCoverage({ projectId, commitId: COMMIT, coverageHash: first.hash });

  expect(report).toMatchObject({ format: 'lcov', files: [{ path: 'src/pay.ts', hit: 1 }] });
});

test('gives nothing to an audit without a report, and no other to one whose report is gone', async () => {
  const projectId = await createProject(team, { path: '/gone' });
  await send(projectId, COMMIT, 1);

  expect(await loadCoverage({ projectId, commitId: COMMIT, coverageHash: null })).toBeNull();
  await expect(loadCoverage({ projectId, commitId: COMMIT, coverageHash: 'gone' })).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('keeps the newest hundred of a project, and those of others', async () => {
  const [projectId, otherId] = [
    await createProject(team, { path: '/many' }),
    await createProject(team, { path: '/few' }),
  ];
  await send(otherId, COMMIT, 1);
  await send(projectId, COMMIT, 1);
  await plantReports(projectId, (at) => new Date(Date.UTC(2020, 0, 1) + at * 1000));

  await send(projectId, 'd'.repeat(40), 1);

  const kept = await db().coverageReport.findMany({ where: { projectId }, select: { hash: true } });
  expect(kept).toHaveLength(100);
  expect(kept.map(({ hash }) => hash)).toContain('h104');
  expect(kept.map(({ hash }) => hash)).not.toContain('h6');
  expect(await db().coverageReport.count({ where: { projectId: otherId } })).toBe(1);
});

test('keeps what a running audit reads, however many are sent meanwhile', async () => {
  const projectId = await createProject(team, { path: '/busy' });
  const pinned = await send(projectId, COMMIT, 1);
  const ended = await send(projectId, COMMIT, 0);
  const audit = { projectId, commitId: COMMIT, branch: 'main', kind: 'full', trigger: 'manual', policy: {} };
  await db().audit.createMany({
    data: [
      { ...audit, number: 1, status: 'completed', coverageHash: ended.hash },
      { ...audit, number: 2, status: 'running', coverageHash: pinned.hash },
    ],
  });

  await plantReports(projectId, () => new Date());
  await send(projectId, 'd'.repeat(40), 1);

  expect(await loadCoverage({ projectId, commitId: COMMIT, coverageHash: pinned.hash })).not.toBeNull();
  await expect(loadCoverage({ projectId, commitId: COMMIT, coverageHash: ended.hash })).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('tells the audit log who sent what', async () => {
  const projectId = await createProject(team, { path: '/logged' });

  const { hash } = await send(projectId, COMMIT, 1);

  const entry = await db().auditLogEntry.findFirstOrThrow({
    where: { action: 'coverage.uploaded', target: projectId },
  });
  expect(entry).toMatchObject({ teamId: team.teamId, detail: { commit: COMMIT, hash } });
});

test('a slow sender holds up no other team', async () => {
  const [projectId, other] = [await createProject(team, { path: '/slow' }), await createTeam()];
  const otherId = await createProject(other, { path: '/other' });
  const report = Buffer.from('SF:src/pay.ts\nDA:1,1\nend_of_record\n');
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const readSlowly = async () => {
    await arrived;
    return report;
  };
  const slow = [1, 2, 3].map(() => saveCoverage(team.as('member'), projectId, { commit: COMMIT }, readSlowly));

  await expect(
    saveCoverage(other.as('member'), otherId, { commit: COMMIT }, async () => report),
  ).resolves.toMatchObject({
    projectId: otherId,
  });
  arrive();
  await Promise.all(slow);
});

test('reads no more than two reports of a team at once', async () => {
  const projectId = await createProject(team, { path: '/crowded' });
  let reading = 0;
  let most = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const readBytes = async () => {
    reading += 1;
    most = Math.max(most, reading);
    await released;
    reading -= 1;
    return Buffer.from('SF:src/pay.ts\nDA:1,1\nend_of_record\n');
  };

  const saved = Promise.all(
    Array.from({ length: 6 }, () => saveCoverage(team.as('member'), projectId, { commit: COMMIT }, readBytes)),
  );
  await expect.poll(() => reading, { timeout: 10_000 }).toBe(2);
  release();
  await saved;

  expect(most).toBe(2);
});

test('is closed to viewers and hidden from another team', async () => {
  const projectId = await createProject(team, { path: '/closed' });
  const stranger = await createTeam();
  const readBytes = async (): Promise<never> => {
    throw new Error('nobody may send this');
  };

  await expect(saveCoverage(team.as('viewer'), projectId, { commit: COMMIT }, readBytes)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(saveCoverage(stranger.as('owner'), projectId, { commit: COMMIT }, readBytes)).rejects.toMatchObject({
    code: 'not_found',
  });
});

/** More than are kept. */
async function plantReports(projectId: string, uploadedAt: (at: number) => Date): Promise<void> {
  const values = { projectId, format: 'lcov', files: 1, lines: 1, hit: 1, data: new Uint8Array() };
  await db().coverageReport.createMany({
    data: Array.from({ length: 105 }, (_, at) => ({
      ...values,
      commitId: at.toString(16).padStart(40, '0'),
      hash: `h${at}`,
      uploadedAt: uploadedAt(at),
    })),
  });
}

function send(projectId: string, commit: string, hits: number) {
  const bytes = Buffer.from(`SF:src/pay.ts\nDA:1,${hits}\nend_of_record\n`);
  return saveCoverage(team.as('member'), projectId, { commit }, async () => bytes);
}
