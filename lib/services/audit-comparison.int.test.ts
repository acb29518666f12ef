import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import type { Finding } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import type { ComparisonFilter } from '@/lib/schemas/comparisons';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { compareAudits } from './audit-comparison';
import { requestAudit } from './audits';
import { listComparable } from './comparable-audits';

let database: TestDatabase;
let team: TestTeam;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

beforeEach(async () => {
  team = await createTeam();
  projectId = await createProject(team);
});

const audit = (findings: Finding[], score = 90, branch?: string) =>
  runJudgedAudit(team.as('member'), projectId, {
    ...(branch && { branch }),
    results: [
      magicResult('integrity', findings, { score, outcomes: findings.length > 0 ? {} : { [MARKER_RULE]: 'passed' } }),
    ],
  });

const compare = (from: string, to: string, filter: Partial<ComparisonFilter> = {}) =>
  compareAudits(team.as('viewer'), from, to, { limit: 50, ...filter });

describe('two audits of a project', () => {
  test('differ in health, magics, rules and findings', async () => {
    const from = await audit([markerFinding('kept'), markerFinding('gone'), markerFinding('grown')], 80);
    const to = await audit(
      [markerFinding('kept'), markerFinding('fresh'), markerFinding('grown', { severity: 'high' })],
      70,
    );

    const { items, changes, ...rest } = await compare(from, to);

    expect(rest).toMatchObject({
      projectId,
      from: { number: 1, healthScore: 80 },
      to: { number: 2, healthScore: 70 },
      healthChange: -10,
      differences: [],
      policy: [],
      magics: [
        {
          magic: 'integrity',
          change: -10,
          rules: [{ ruleId: MARKER_RULE, title: { en: 'No unfinished code' }, isChanged: true }],
        },
      ],
      total: 3,
    });
    expect(items.map(({ change, path, severityBefore }) => [change, path, severityBefore])).toEqual([
      ['severity_changed', 'src/grown.ts', 'medium'],
      ['new', 'src/fresh.ts', null],
      ['fixed', 'src/gone.ts', null],
    ]);
    expect(items.every(({ findingId }) => findingId !== null)).toBe(true);
    expect(changes).toMatchObject({ same: { medium: 1 }, new: { medium: 1 }, fixed: { medium: 1 } });
  });

  test('are told the other way round when asked so', async () => {
    const from = await audit([markerFinding('gone')]);
    const to = await audit([]);

    expect((await compare(to, from)).items).toMatchObject([{ change: 'new', path: 'src/gone.ts' }]);
  });

  test('know findings of moved files again, also over audits between them', async () => {
    const from = await audit([markerFinding('first')]);
    const moved = markerFinding('second', { formerFingerprint: markerFinding('first').fingerprint });
    await renamedIn(await audit([moved]));
    const again = markerFinding('third', { formerFingerprint: markerFinding('second').fingerprint });
    await renamedIn(await audit([again]));
    const to = await audit([markerFinding('third')]);

    const { items } = await compare(from, to, { change: 'all' });
    const back = await compare(to, from, { change: 'all' });

    expect(items).toMatchObject([{ change: 'same', path: 'src/third.ts', pathBefore: 'src/first.ts' }]);
    expect(back.items).toMatchObject([{ change: 'same', path: 'src/first.ts', pathBefore: 'src/third.ts' }]);
  });

  test('know them between branches too, each of which tells moves since the project’s branch', async () => {
    const named = (name: string, former?: string) =>
      markerFinding(name, former ? { formerFingerprint: markerFinding(former).fingerprint } : {});
    const main = await audit([named('first')]);
    const side = await audit([named('aside', 'first')], 90, 'feature');
    await renamedIn(side);
    const later = await audit([named('second', 'first')]);
    await renamedIn(later);
    const other = await audit([named('beside', 'second')], 90, 'other');
    await renamedIn(other);
    const paths = async (from: string, to: string) =>
      (await compare(from, to, { change: 'all' })).items.map(({ change, pathBefore }) => [change, pathBefore]);

    expect(await paths(main, side)).toEqual([['same', 'src/first.ts']]);
    expect(await paths(side, later)).toEqual([['same', 'src/aside.ts']]);
    expect(await paths(later, side)).toEqual([['same', 'src/second.ts']]);
    expect(await paths(side, other)).toEqual([['same', 'src/aside.ts']]);
    expect(await paths(other, main)).toEqual([['same', 'src/beside.ts']]);
  });

  test('say so when moved files cannot be followed', async () => {
    const from = await audit([]);
    const to = await audit([]);
    await db().audit.update({ where: { id: to }, data: { asOf: new Date() } });

    expect((await compare(from, to)).differences).toEqual([{ id: 'moves-unknown', data: {} }]);
  });

  test('say why their scores cannot be compared', async () => {
    const from = await audit([]);
    await db().audit.update({ where: { id: from }, data: { rulePackVersion: 1 } });
    await db().team.update({ where: { id: team.teamId }, data: { policy: { strictness: 0.95 } } });
    const to = await audit([]);

    const { differences, policy } = await compare(from, to);

    expect(policy).toEqual([{ setting: 'strictness', from: '0.8', to: '0.95' }]);
    expect(differences.map(({ id }) => id)).toEqual(['rule-pack', 'policy']);
  });

  test('come in pages and by state and magic', async () => {
    const from = await audit([]);
    const to = await audit([markerFinding('a'), markerFinding('b'), markerFinding('c')]);

    const first = await compare(from, to, { limit: 2 });
    const second = await compare(from, to, { limit: 2, cursor: first.nextCursor ?? '' });

    expect([...first.items, ...second.items].map(({ path }) => path)).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts']);
    expect(second.nextCursor).toBeNull();
    expect((await compare(from, to, { change: 'fixed' })).total).toBe(0);
    expect((await compare(from, to, { magic: 'git' })).total).toBe(0);
  });

  test('a state that there is none of is named', async () => {
    const from = await audit([]);

    await expect(compare(from, from, { change: 'better' })).rejects.toThrow(/change: use new, fixed/);
  });
});

test('audits of two projects are not compared', async () => {
  const from = await audit([]);
  projectId = await createProject(team);
  const to = await audit([]);

  await expect(compare(from, to)).rejects.toMatchObject({
    code: 'unprocessable',
    details: { reason: 'other_project' },
  });
});

test('an audit without a result is not compared', async () => {
  const from = await audit([]);
  const { taskId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );

  await expect(compare(from, taskId)).rejects.toMatchObject({
    code: 'unprocessable',
    details: { reason: 'no_result' },
  });
});

test('another team gets not_found, for the first and for the second', async () => {
  const theirs = await audit([]);
  team = await createTeam();
  projectId = await createProject(team);
  const own = await audit([]);

  await expect(compare(theirs, own)).rejects.toMatchObject({ code: 'not_found' });
  await expect(compare(own, theirs)).rejects.toMatchObject({ code: 'not_found' });
});

test('audits to choose from have a result, newest first, past weeks only when asked for', async () => {
  const [first, second] = [await audit([]), await audit([])];
  await requestAudit(team.as('member'), projectId, { auditType: 'full', priority: 'normal' }, { trigger: 'manual' });
  await db().audit.update({ where: { id: first }, data: { asOf: new Date() } });
  const offered = async (asked: (string | null)[]) =>
    (await listComparable(team.as('viewer'), projectId, asked)).map(({ auditId }) => auditId);

  expect(await offered([null, 'nothing'])).toEqual([second]);
  expect(await offered([first, null])).toEqual([second, first]);
  await expect(listComparable((await createTeam()).as('owner'), projectId, [])).rejects.toMatchObject({
    code: 'not_found',
  });
});

function renamedIn(auditId: string) {
  return db().audit.update({ where: { id: auditId }, data: { renames: [['src/before.ts', 'src/after.ts']] } });
}
