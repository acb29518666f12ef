import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration } from '@/lib/schemas/configuration';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { localRepository } from '@/tests/support/local-repository';
import { changesOf, createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { buildRepository } from '@/tests/support/sketch-repository';
import { saveConfiguration } from './configuration';
import { saveProjectConfiguration } from './project-configuration';
import { getProjectOverview } from './projects';
import { delayMsOf } from './schedule-time';
import { requestScheduledAudits } from './scheduled-audits';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Hours away, whenever the tests run: times that pass while settings are saved would count. */
const NIGHT = new Date(Date.now() + 6 * 60 * MINUTE_MS);
const NIGHTLY = { cron: `0 ${NIGHT.getUTCHours()} * * *`, timeZone: 'UTC' };

let database: TestDatabase;
let teamId: string;
let projectId: string;
let admin: TestPerson;
/** The first turn of `NIGHTLY` that comes after everything was saved. */
const night = NIGHT.setUTCMinutes(0, 0, 0);

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

beforeEach(async () => {
  await db().team.deleteMany();
  teamId = await newTeam();
  admin = await createPerson({ [teamId]: 'admin' });
  projectId = await newProject();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function newProject(): Promise<string> {
  const values = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
  return (await db().project.create({ data: values })).id;
}

async function save(version: number, settings: object): Promise<void> {
  const configuration = Configuration.parse(settings);
  await saveConfiguration(await admin.ask(), teamId, { version, configuration, preset: null, reason: 'nightly' });
}

/** A finding of an audit, and what the team says of it. */
async function giveVerdict(auditId: string): Promise<void> {
  const now = new Date();
  const rule = { ruleId: 'strict/no-secret', magic: 'strict', severity: 'high', severityRank: 1, confidence: 1 };
  const seen = { firstAuditId: auditId, firstSeenAt: now, lastAuditId: auditId, lastSeenAt: now };
  const { id: findingId } = await db().finding.create({
    data: { projectId, fingerprint: 'a', ...rule, messageId: 'found', data: {}, state: 'new', ...seen },
  });
  const verdict = { verdict: 'accepted', reason: 'known', givenAt: now };
  await db().findingVerdict.create({ data: { projectId, findingId, ...verdict } });
}

const tick = (time: number) => requestScheduledAudits(logger(), new Date(time));
/** When the project's turn comes that night, or so many later. */
const turn = (nights = 0, id = projectId) => night + nights * DAY_MS + delayMsOf(id);
const audits = (id = projectId) => db().audit.findMany({ where: { projectId: id }, orderBy: { number: 'asc' } });
const endAudits = () => db().audit.updateMany({ where: { project: { teamId } }, data: { status: 'completed' } });

test('nothing is asked for without a schedule, nor by one that is switched off', async () => {
  expect(await tick(turn())).toBe(0);
  await save(0, { strictness: 0.9 });
  expect(await tick(turn())).toBe(0);
  await save(1, { schedule: { ...NIGHTLY, isEnabled: false } });

  expect(await tick(turn())).toBe(0);
});

test('an audit of the main branch is asked for at its time, in its turn, once', async () => {
  await save(0, { schedule: NIGHTLY, strictness: 0.9 });

  expect(await tick(night - MINUTE_MS)).toBe(0);
  expect(await tick(turn() - 1)).toBe(0);
  expect(await tick(turn())).toBe(1);
  await endAudits();
  expect(await tick(turn() + MINUTE_MS)).toBe(0);
  expect(await tick(turn(1) - 1)).toBe(0);
  expect(await tick(turn(1))).toBe(1);

  const [audit] = await audits();
  expect(audit).toMatchObject({
    trigger: 'schedule',
    kind: 'full',
    branch: 'main',
    configurationVersion: 1,
    requestedById: null,
    policy: { strictness: 0.9 },
  });
  expect((await changesOf(teamId)).at(-1)).toMatchObject({ action: 'audit.scheduled' });
});

test('a time that passed before the settings were saved does not count', async () => {
  await save(0, { schedule: NIGHTLY });
  const times = { changedAt: new Date(night + MINUTE_MS) };
  await db().configurationVersion.updateMany({ where: { teamId }, data: times });

  expect(await tick(turn() + 60 * MINUTE_MS)).toBe(0);
  expect(await tick(turn(1))).toBe(1);
});

test('times that were missed are made up for by one audit', async () => {
  await save(0, { schedule: { ...NIGHTLY, cron: '0 * * * *' } });

  expect(await tick(turn(10))).toBe(1);
  await endAudits();
  expect(await tick(turn(10) + MINUTE_MS)).toBe(0);
});

test('no second one is asked for while one waits', async () => {
  await save(0, { schedule: NIGHTLY });
  await tick(turn());
  await db().audit.updateMany({ where: { projectId }, data: { status: 'queued' } });

  expect(await tick(turn(1))).toBe(0);
  await endAudits();
  expect(await tick(turn(1) + MINUTE_MS)).toBe(1);
});

test('several workers that look at once ask once', async () => {
  await save(0, { schedule: NIGHTLY });

  const asked = await Promise.all([tick(turn()), tick(turn()), tick(turn())]);

  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await audits()).toHaveLength(1);
});

test('a project goes by its own schedule where its team lets it', async () => {
  const other = await newProject();
  await save(0, { schedule: NIGHTLY, overrides: ['schedule'] });
  const set = async (id: string, schedule: object | null) =>
    saveProjectConfiguration(await admin.ask(), id, {
      version: 0,
      teamVersion: 1,
      override: Configuration.pick({ schedule: true }).parse({ schedule }),
      reason: 'its own',
    });
  await set(projectId, null);
  await set(other, { cron: `0 ${(NIGHT.getUTCHours() + 2) % 24} * * *`, timeZone: 'UTC' });

  expect(await tick(night + 60 * MINUTE_MS)).toBe(0);
  expect(await tick(night + 180 * MINUTE_MS)).toBe(1);
  expect(await audits(other)).toHaveLength(1);
  await save(1, { schedule: NIGHTLY });
  expect(await tick(turn(1))).toBe(1);
  expect(await audits()).toHaveLength(1);
});

test('an audit that was deleted was asked for all the same', async () => {
  await save(0, { schedule: NIGHTLY });
  await tick(turn());
  await db().audit.deleteMany({ where: { projectId } });

  expect(await tick(turn() + MINUTE_MS)).toBe(0);
});

describe('a schedule that skips what did not change', () => {
  const SKIPPING = { schedule: { ...NIGHTLY, skipUnchanged: true } };

  /** A repository on this machine, audited as it is. */
  async function auditedRepository() {
    const repository = await localRepository({ files: { 'src/pay.ts': 'open();\n' } });
    await db().project.update({ where: { id: projectId }, data: { repositoryUrl: repository.path } });
    await tick(turn());
    const judged = { status: 'completed', commitId: repository.head, rulePackVersion: RULE_PACK_VERSION } as const;
    await db().audit.updateMany({ where: { projectId }, data: judged });
    return repository;
  }

  test('asks for none on the same commit with the same policy, writes that down, and shows it', async () => {
    await save(0, SKIPPING);
    await using repository = await auditedRepository();

    expect(await tick(turn(1))).toBe(0);
    expect(await tick(turn(1) + MINUTE_MS)).toBe(0);

    const { scheduleSkippedAt } = await getProjectOverview(await admin.ask(), projectId);
    expect(scheduleSkippedAt).toBe(new Date(turn(1)).toISOString());
    const skipped = (await changesOf(teamId)).filter(({ action }) => action === 'audit.skipped');
    expect(skipped).toMatchObject([{ target: projectId }]);
    await buildRepository(repository.path, {
      commits: [{ message: 'feat: more', files: { 'src/pay.ts': 'open();\nclose();\n' } }],
    });
    expect(await tick(turn(2))).toBe(1);
    expect((await getProjectOverview(await admin.ask(), projectId)).scheduleSkippedAt).toBeNull();
  });

  test('asks for one after the policy changed', async () => {
    await save(0, SKIPPING);
    await using _ = await auditedRepository();
    await save(1, { ...SKIPPING, strictness: 0.9 });

    expect(await tick(turn(1))).toBe(1);
  });

  test.each([
    ['the rules are others', { rulePackVersion: 0 }],
    ['the newest audit was partial', { status: 'partial' as const }],
    ['a magic was left out', { enabledMagics: ['git'] }],
    ['it was of another commit', { commitId: 'f'.repeat(40) }],
    ['a verdict that it was judged with is over', { verdictsHash: 'a'.repeat(64) }],
  ])('asks for one when %s', async (_name, change) => {
    await save(0, SKIPPING);
    await using _ = await auditedRepository();
    await db().audit.updateMany({ where: { projectId }, data: change });

    expect(await tick(turn(1))).toBe(1);
  });

  test('asks for one when a coverage report of the commit was sent since, and none when that one was read', async () => {
    await save(0, SKIPPING);
    await using repository = await auditedRepository();
    const hash = 'c'.repeat(64);
    const report = { format: 'lcov', files: 1, lines: 1, hit: 1, data: new Uint8Array() };
    await db().coverageReport.create({ data: { projectId, commitId: repository.head, hash, ...report } });

    expect(await tick(turn(1))).toBe(1);

    const judged = { status: 'completed', commitId: repository.head, rulePackVersion: RULE_PACK_VERSION } as const;
    await db().audit.updateMany({ where: { projectId }, data: { ...judged, coverageHash: hash } });
    expect(await tick(turn(2))).toBe(0);
  });

  test('asks for one when a verdict was given since', async () => {
    await save(0, SKIPPING);
    await using _ = await auditedRepository();
    await giveVerdict((await audits())[0]?.id ?? '');

    expect(await tick(turn(1))).toBe(1);
  });

  test('asks for one when a Git host was asked that the project is no longer connected to', async () => {
    await save(0, SKIPPING);
    await using repository = await auditedRepository();
    const [audit] = await audits();
    const said = { hash: 'e'.repeat(64), calls: 1, askedAt: new Date(), summary: {}, data: new Uint8Array() };
    const evidence = { auditId: audit?.id ?? '', provider: 'github', commitId: repository.head, ...said };
    await db().hostEvidence.create({ data: evidence });

    expect(await tick(turn(1))).toBe(1);
  });

  test('asks for one when the host does not answer: the audit tells why', async () => {
    await save(0, SKIPPING);
    const repository = await auditedRepository();
    await repository[Symbol.asyncDispose]();

    expect(await tick(turn(1))).toBe(1);
  });
});

test('more projects than one query gives are all looked at', async () => {
  await save(0, { schedule: NIGHTLY });
  const project = { teamId, name: 'Project', repositoryUrl: '/nowhere', branch: 'main' };
  await db().project.createMany({
    data: Array.from({ length: 150 }, () => ({ ...project, canonicalKey: randomUUID() })),
  });

  expect(await tick(night + 45 * MINUTE_MS)).toBe(151);
});
