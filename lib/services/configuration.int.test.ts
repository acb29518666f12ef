import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { Policy } from '@/lib/magics/policy';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { Configuration } from '@/lib/schemas/configuration';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { getAudit, requestAudit } from './audits';
import {
  getConfiguration,
  getConfigurationVersion,
  listConfigurationVersions,
  restoreConfiguration,
  saveConfiguration,
} from './configuration';
import { requestPastAudits } from './past-audits';
import {
  getOverrideVersion,
  getProjectConfiguration,
  listOverrideVersions,
  restoreProjectConfiguration,
  saveProjectConfiguration,
} from './project-configuration';

let database: TestDatabase;
let teamId: string;
let admin: TestPerson;
let viewer: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  database = await testDatabase();
  stranger = await createPerson({ [await newTeam()]: 'owner' });
});

beforeEach(async () => {
  teamId = await newTeam();
  admin = await createPerson({ [teamId]: 'admin' });
  viewer = await createPerson({ [teamId]: 'viewer' });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const reason = 'we agreed on it';

async function save(version: number, settings: object, who = admin) {
  const configuration = Configuration.parse(settings);
  return saveConfiguration(await who.ask(), teamId, { version, configuration, preset: null, reason });
}

describe('the configuration of a team', () => {
  test('is the default until somebody saves one, and tells what can be set', async () => {
    const view = await getConfiguration(await viewer.ask(), teamId);

    expect(view).toMatchObject({ version: 0, preset: null, changedBy: null, presetDifferences: [], canChange: false });
    expect(view.configuration).toMatchObject({ strictness: 0.8, overrides: [], retention: { days: null } });
    expect(view.customizationHistory).toEqual({ items: [], nextCursor: null });
    expect(view.availableOptions.presets.map(({ preset }) => preset)).toContain('guild');
  });

  test('is saved as a version with its reason, by whom, and in the audit log', async () => {
    const view = await save(0, { strictness: 0.95, rules: { 'strict/no-secret': { isEnabled: true } } });

    expect(view).toMatchObject({ version: 1, changedBy: { userId: admin.userId }, canChange: true });
    expect(view.customizationHistory.items).toMatchObject([{ version: 1, reason, changes: 2, restoredFrom: null }]);
    expect(view.presetDifferences).toContainEqual({ path: 'strictness', before: 0.8, after: 0.95 });
    expect(await changesOf(teamId)).toEqual([
      {
        action: 'configuration.changed',
        target: teamId,
        before: { version: 0, strictness: 0.8, 'rules.strict/no-secret': null },
        after: { version: 1, strictness: 0.95, 'rules.strict/no-secret': { isEnabled: true } },
      },
    ]);
  });

  test('is refused to who has not seen the current one, who is told both versions', async () => {
    await save(0, { strictness: 0.9 });

    const refused = save(0, { strictness: 0.7 });

    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      details: { yourVersion: 0, currentVersion: 1, current: { strictness: 0.9 }, changedBy: { userId: admin.userId } },
    });
  });

  test('is saved once when two save at the same moment', async () => {
    const results = await Promise.allSettled([save(0, { strictness: 0.1 }), save(0, { strictness: 0.2 })]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await getConfiguration(await admin.ask(), teamId)).version).toBe(1);
  });

  test('makes no version when nothing is other', async () => {
    await save(0, { strictness: 0.9 });

    expect(await save(1, { strictness: 0.9 })).toMatchObject({ version: 1 });
  });

  test('names every wrong value', async () => {
    const wrong = {
      rules: { 'git/has-short-subject': { options: { maxLength: 3 } }, 'strict/no-secrets': {} },
      ignorePaths: ['/etc'],
    };

    await expect(save(0, wrong)).rejects.toMatchObject({
      code: 'invalid_request',
      details: {
        fields: [
          { field: 'configuration.rules.git/has-short-subject.options.maxLength' },
          { field: 'configuration.rules.strict/no-secrets', problem: expect.stringContaining('strict/no-secret') },
          { field: 'configuration.ignorePaths.0' },
        ],
      },
    });
  });

  test('is read from what was stored before there were versions', async () => {
    const gate = { failUnder: 50, warnUnder: 70, maxNewCritical: 0, maxNewHigh: 1 };
    await db().team.update({ where: { id: teamId }, data: { policy: { strictness: 0.5, gate } } });

    const { configuration } = await getConfiguration(await admin.ask(), teamId);

    expect(configuration.strictness).toBe(0.5);
    expect(configuration.gate).toMatchObject({
      health: { warn: 70, fail: 50 },
      newFindings: { critical: { fail: 0 }, high: { fail: 1 } },
    });
  });

  test('goes page by page through its history, each version with what it changed', async () => {
    for (const [version, strictness] of [0.1, 0.2, 0.3].entries()) await save(version, { strictness });
    const ctx = await viewer.ask();

    const first = await listConfigurationVersions(ctx, teamId, { limit: 2 });
    const rest = await listConfigurationVersions(ctx, teamId, { limit: 2, cursor: first.nextCursor ?? '' });

    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(rest.nextCursor).toBeNull();
    expect(await getConfigurationVersion(ctx, teamId, 2)).toMatchObject({
      isCurrent: false,
      configuration: { strictness: 0.2 },
      differences: [{ path: 'strictness', before: 0.1, after: 0.2 }],
    });
  });

  test('is restored as a version of its own', async () => {
    await save(0, { strictness: 0.1 });
    await save(1, { strictness: 0.9 });

    const view = await restoreConfiguration(await admin.ask(), teamId, { version: 1, currentVersion: 2, reason });

    expect(view).toMatchObject({ version: 3, configuration: { strictness: 0.1 } });
    expect(view.customizationHistory.items[0]).toMatchObject({ version: 3, restoredFrom: 1 });
    expect((await changesOf(teamId)).at(-1)).toMatchObject({ action: 'configuration.restored' });
    await expect(
      restoreConfiguration(await admin.ask(), teamId, { version: 9, currentVersion: 3, reason }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not restored with a query that the grammar no longer knows', async () => {
    await save(0, { strictness: 0.1 });
    await save(1, { strictness: 0.9 });
    const lost = {
      id: 'own/no-lost',
      magic: 'strict',
      severity: 'low',
      title: { en: 'Lost', ja: '消えたもの' },
      why: { en: 'It is gone.', ja: 'もうない。' },
      fix: { en: 'Leave it.', ja: '使わない。' },
      kind: 'query',
      language: 'go',
      query: '(no_such_node) @finding',
    };
    const configuration = Configuration.parse({ ownRules: [lost] }) as object;
    await db().configurationVersion.updateMany({ where: { teamId, number: 1 }, data: { configuration } });

    const restored = restoreConfiguration(await admin.ask(), teamId, { version: 1, currentVersion: 2, reason });

    await expect(restored).rejects.toMatchObject({
      code: 'unprocessable',
      details: { fields: [{ field: 'configuration.ownRules.0.query', part: 'no_such_node' }] },
    });
    expect((await getConfiguration(await admin.ask(), teamId)).version).toBe(2);
  });

  test('is changed by admins alone, and hidden from other teams', async () => {
    await expect(save(0, {}, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(save(0, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getConfiguration(await stranger.ask(), teamId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getConfigurationVersion(await stranger.ask(), teamId, 1)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('an audit that waits begins with what was saved last', async () => {
  const values = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
  const { id: projectId } = await db().project.create({ data: values });
  const request = async () => {
    const body = { auditType: 'full', priority: 'normal' } as const;
    return (await requestAudit(await admin.ask(), projectId, body, { trigger: 'manual' })).taskId;
  };
  const running = await request();
  await db().audit.update({ where: { id: running }, data: { status: 'running' } });
  const waiting = await request();
  await save(0, { strictness: 0.3 });

  const again = await request();

  const versionOf = async (id: string) => (await getAudit(await viewer.ask(), id)).configurationVersion;
  expect(again).toBe(waiting);
  expect([await versionOf(running), await versionOf(waiting)]).toEqual([0, 1]);
});

test.each([
  [
    'an audit',
    async (projectId: string) => {
      await requestAudit(
        await admin.ask(),
        projectId,
        { auditType: 'full', priority: 'normal' },
        { trigger: 'manual' },
      );
    },
  ],
  [
    'one of a past week',
    async (projectId: string) => {
      await requestPastAudits(await admin.ask(), projectId, { weeks: 1 });
    },
  ],
])('%s that waits for a change of its project begins with what was saved meanwhile', async (_, request) => {
  const values = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
  const { id: projectId } = await db().project.create({ data: values });
  const audit = { projectId, number: 1, status: 'completed' as const, kind: 'full', trigger: 'manual', branch: 'main' };
  const { id: currentAuditId } = await db().audit.create({
    data: { ...audit, policy: {}, enabledMagics: [], committedAt: new Date() },
  });
  await db().project.update({ where: { id: projectId }, data: { currentAuditId, nextAuditNumber: 2 } });
  let requested: Promise<void> | undefined;
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`select id from projects where id = ${projectId}::uuid for update`;
    requested = request(projectId);
    requested.catch(() => undefined);
    await expect.poll(waitsForLock, { timeout: 10_000 }).toBe(true);
    await save(0, { strictness: 0.3 });
  });
  await requested;

  const made = await db().audit.findFirstOrThrow({ where: { projectId, number: 2 } });
  expect(made.configurationVersion).toBe(1);
});

async function waitsForLock(): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length > 0;
}

describe('a project', () => {
  const newProject = async () => {
    const values = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
    return (await db().project.create({ data: values })).id;
  };
  const teamVersionNow = async () =>
    (await db().team.findFirstOrThrow({ where: { id: teamId }, select: { configurationVersion: true } }))
      .configurationVersion;
  const set = async (projectId: string, version: number, override: object, who = admin) =>
    saveProjectConfiguration(await who.ask(), projectId, {
      version,
      teamVersion: await teamVersionNow(),
      override,
      reason,
    });

  test('sets for itself what the team allows, and its audits go by both', async () => {
    await save(0, {
      strictness: 0.9,
      rules: { 'strict/no-secret': { severity: 'high' } },
      overrides: ['strictness', 'rules'],
    });
    const projectId = await newProject();
    const rules = { 'integrity/no-stub': { isEnabled: false } };

    const view = await set(projectId, 0, { strictness: 0.5, rules });
    const { taskId } = await requestAudit(
      await admin.ask(),
      projectId,
      { auditType: 'full', priority: 'normal' },
      { trigger: 'manual' },
    );

    const audit = await db().audit.findFirstOrThrow({ where: { id: taskId } });
    const policy = Policy.parse(audit.policy);
    expect(view).toMatchObject({ version: 1, teamVersion: 1, reason, withoutEffect: [] });
    expect(view.overridden).toEqual([
      { path: 'rules.integrity/no-stub', before: null, after: { isEnabled: false } },
      { path: 'strictness', before: 0.9, after: 0.5 },
    ]);
    expect(policy.strictness).toBe(0.5);
    expect(Object.keys(policy.rules).sort()).toEqual(['integrity/no-stub', 'strict/no-secret']);
    expect(audit.policy).not.toHaveProperty('retention');
    expect((await getAudit(await viewer.ask(), taskId)).configurationVersion).toBe(1);
  });

  test('may not set what the team does not allow, and loses it when the team no longer does', async () => {
    const projectId = await newProject();
    await expect(set(projectId, 0, { strictness: 0.5 })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { fields: [{ field: 'override.strictness' }] },
    });
    await save(0, { overrides: ['strictness'] });
    await set(projectId, 0, { strictness: 0.5 });
    await save(1, {});

    const view = await getProjectConfiguration(await viewer.ask(), projectId);

    expect(view).toMatchObject({
      override: { strictness: 0.5 },
      effective: { strictness: 0.8 },
      withoutEffect: ['strictness'],
    });
    await expect(set(projectId, 0, {})).rejects.toMatchObject({ code: 'conflict', details: { currentVersion: 1 } });
    await expect(set(projectId, 1, {}, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(set(projectId, 1, {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect(await set(projectId, 1, {})).toMatchObject({ version: 2, override: {}, overridden: [] });
  });

  test('keeps the team from a configuration that leaves it no magic, saved or restored', async () => {
    const others = MAGIC_IDS.filter((magic) => magic !== 'git' && magic !== 'tdd');
    const off = (...magics: MagicId[]) => Object.fromEntries(magics.map((magic) => [magic, { isEnabled: false }]));
    const onlyGit = { magics: off('tdd', ...others), overrides: ['magics'] };
    await save(0, onlyGit);
    await save(1, { overrides: ['magics'] });
    const projectId = await newProject();
    await set(projectId, 0, { magics: off('git') });
    const refusal = {
      code: 'invalid_request',
      details: { fields: [{ field: 'configuration.magics', problem: expect.stringContaining('“Project”') }] },
    };

    await expect(save(2, onlyGit)).rejects.toMatchObject(refusal);
    await expect(
      restoreConfiguration(await admin.ask(), teamId, { version: 1, currentVersion: 2, reason }),
    ).rejects.toMatchObject(refusal);
    expect(await save(2, { magics: off('tdd', ...others) })).toMatchObject({ version: 3 });
    await expect(save(3, onlyGit)).rejects.toMatchObject(refusal);
  });

  test('keeps its versions apart from those of the team and of other projects', async () => {
    const [projectId, other] = [await newProject(), await newProject()];
    await save(0, { overrides: ['strictness'] });
    await set(projectId, 0, { strictness: 0.5 });
    await set(projectId, 1, { strictness: 0.6 });
    await set(other, 0, { strictness: 0.4 });
    const asker = await viewer.ask();

    const first = await listOverrideVersions(asker, projectId, { limit: 1 });
    const rest = await listOverrideVersions(asker, projectId, { limit: 5, cursor: first.nextCursor ?? '' });

    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([2, 1]);
    expect(await getOverrideVersion(asker, projectId, 2)).toMatchObject({
      override: { strictness: 0.6 },
      differences: [{ path: 'strictness', before: 0.5, after: 0.6 }],
      isCurrent: true,
      changedBy: { userId: admin.userId },
    });
    expect(await getOverrideVersion(asker, projectId, 1)).toMatchObject({ isCurrent: false });
    await expect(getOverrideVersion(asker, projectId, 3)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listOverrideVersions(await stranger.ask(), projectId, { limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('goes back to an earlier version of its own, as a version of its own', async () => {
    const projectId = await newProject();
    await save(0, { overrides: ['strictness', 'ignorePaths'] });
    await set(projectId, 0, { strictness: 0.5 });
    await set(projectId, 1, { strictness: 0.6, ignorePaths: ['vendor/**'] });
    const restore = async (version: number, currentVersion: number, who = admin) =>
      restoreProjectConfiguration(await who.ask(), projectId, {
        version,
        currentVersion,
        teamVersion: await teamVersionNow(),
        reason,
      });

    const view = await restore(1, 2);

    expect(view).toMatchObject({ version: 3, override: { strictness: 0.5 }, effective: { strictness: 0.5 } });
    const [newest] = (await listOverrideVersions(await admin.ask(), projectId, { limit: 5 })).items;
    expect(newest).toMatchObject({ version: 3, restoredFrom: 1, changedBy: { userId: admin.userId } });
    expect((await changesOf(teamId)).at(-1)).toMatchObject({
      action: 'project_configuration.restored',
      after: { version: 3, override: { strictness: 0.5 } },
    });
    await expect(restore(9, 3)).rejects.toMatchObject({ code: 'not_found' });
    await expect(restore(2, 2)).rejects.toMatchObject({ code: 'conflict', details: { currentVersion: 3 } });
    await expect(restore(2, 3, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await save(1, { overrides: ['strictness'] });
    await expect(restore(2, 3)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { fields: [{ field: 'override.ignorePaths' }] },
    });
  });

  test('is not set over what the team decided meanwhile', async () => {
    const projectId = await newProject();
    await save(0, { overrides: ['strictness', 'ignorePaths'] });
    const seen = await getProjectConfiguration(await admin.ask(), projectId);
    await save(1, { strictness: 0.95, overrides: ['strictness', 'ignorePaths'] });
    const stale = { version: 0, teamVersion: seen.teamVersion, override: { strictness: 0.8 }, reason };

    const saving = saveProjectConfiguration(await admin.ask(), projectId, stale);

    await expect(saving).rejects.toMatchObject({
      code: 'conflict',
      details: {
        yourVersion: 0,
        currentVersion: 0,
        current: {},
        changedBy: { userId: admin.userId },
        team: { yourVersion: 1, currentVersion: 2, current: { strictness: 0.95 } },
      },
    });
    expect(await getProjectConfiguration(await admin.ask(), projectId)).toMatchObject({ version: 0, override: {} });
  });
});
