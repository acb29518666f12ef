import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { MAGIC_IDS } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { ProjectFilter } from '@/lib/schemas/projects';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { requestAudit } from './audits';
import { getMagicDetail } from './magics';
import { getPortfolio, getPortfolioCounts } from './portfolio';
import { countProjects } from './project-list';
import { getAuditResults, getProjectOverview } from './projects';

const DAY_MS = 24 * 3600_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('counts projects by status under the search, whatever status is filtered for', async () => {
  const team = await createTeam();
  const ids = [await createProject(team), await createProject(team), await createProject(team)];
  await judged(team, ids[0] ?? '', 90);
  await requestAudit(team.as('member'), ids[1] ?? '', { auditType: 'full', priority: 'normal' }, { trigger: 'manual' });
  await db().project.update({ where: { id: ids[2] ?? '' }, data: { name: '100%' } });

  const all = await countProjects(team.as('viewer'), ProjectFilter.parse({ status: 'passed' }));
  const found = await countProjects(team.as('viewer'), ProjectFilter.parse({ search: '0%' }));
  const foreign = await countProjects((await createTeam()).as('owner'), ProjectFilter.parse({}));

  expect(all).toEqual({ all: 3, passed: 1, auditing: 1, never_audited: 1 });
  expect(found).toEqual({ all: 1, never_audited: 1 });
  expect(foreign).toEqual({ all: 0 });
});

test('counts projects and those under audit once each, of the own teams only', async () => {
  const team = await createTeam();
  const ids = [await createProject(team), await createProject(team), await createProject(team)];
  const full = { auditType: 'full', priority: 'normal' } as const;
  for (const id of [ids[0], ids[0], ids[1]])
    await requestAudit(team.as('member'), id ?? '', full, { trigger: 'manual' });

  expect(await getPortfolioCounts(team.as('viewer'))).toEqual({ projects: 3, auditing: 2 });
  expect(await getPortfolioCounts((await createTeam()).as('owner'))).toEqual({ projects: 0, auditing: 0 });
  await expect(getPortfolioCounts((await createTeam()).as('owner'), team.teamId)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('lists projects of one programming language and counts all by it', async () => {
  const team = await createTeam();
  const stacks = [['go', 'bash'], ['go'], []];
  for (const languages of stacks) {
    const stack = languages.map((language) => ({ language, share: 1 / languages.length }));
    await db().project.update({ where: { id: await createProject(team) }, data: { stack } });
  }

  const bash = await getPortfolio(team.as('viewer'), ProjectFilter.parse({ stack: 'bash' }));
  const none = await getPortfolio(team.as('viewer'), ProjectFilter.parse({ stack: 'rust', sort: 'name' }));
  const foreign = await getPortfolio((await createTeam()).as('owner'), ProjectFilter.parse({ stack: 'go' }));

  expect(bash.rows.map(({ stack }) => stack.map(({ language }) => language))).toEqual([['go', 'bash']]);
  expect(bash).toMatchObject({ total: 1, statusCounts: { all: 1 }, stackCounts: { go: 2, bash: 1 } });
  expect(none).toMatchObject({ rows: [], total: 0, stackCounts: { go: 2, bash: 1 } });
  expect(foreign).toMatchObject({ rows: [], stackCounts: {} });
});

test.each([
  ['the newest audit at least as old as thirty days', [60, 70, 82.5], [90, 40, 0], 12.5],
  ['the first one when all are younger', [70, 68], [9, 0], -2],
  ['nothing when there is one audit', [68], [0], null],
])('tells the change of health against %s, alike in table, totals and project', async (_, scores, ages, expected) => {
  const team = await createTeam();
  const projectId = await createProject(team);
  for (const [place, score] of scores.entries()) await judged(team, projectId, score, ages[place]);

  const portfolio = await getPortfolio(team.as('viewer'), ProjectFilter.parse({}));
  const overview = await getProjectOverview(team.as('viewer'), projectId);

  const changes = [portfolio.rows[0]?.healthChange30d, portfolio.healthChange30d, overview.healthChange30d];
  expect(changes).toEqual([expected, expected, expected]);
  const since = scores.length === 3 ? '30_days' : 'first_audit';
  expect([portfolio.healthChangeSince, overview.healthChangeSince]).toEqual([since, since]);
});

test('a change since an audit by other settings says which', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const first = await judged(team, projectId, 70);
  const otherOf = async () =>
    (await getProjectOverview(team.as('viewer'), projectId)).healthChangeOtherYardstickAuditId;

  await judged(team, projectId, 70);
  const unchanged = await otherOf();
  await db().team.update({ where: { id: team.teamId }, data: { policy: { gate: { smallChangeLines: 3 } } } });
  await judged(team, projectId, 70);
  const otherGate = await otherOf();
  await db().team.update({ where: { id: team.teamId }, data: { policy: { strictness: 0.6 } } });
  await judged(team, projectId, 75);

  expect([unchanged, otherGate, await otherOf()]).toEqual([null, null, first]);
});

test('the change of the portfolio is that of the mean it stands beside', async () => {
  const team = await createTeam();
  for (const score of [80, 80, 80, 86]) await judged(team, await createProject(team), score);
  const moved = await createProject(team);
  for (const score of [74, 71]) await judged(team, moved, score);

  const portfolio = await getPortfolio(team.as('viewer'), ProjectFilter.parse({}));

  expect(portfolio).toMatchObject({ health: 79.4, healthChange30d: -0.6, healthChangeSince: 'first_audit' });
});

test('takes risks and releases from the project’s branch', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const own = await judged(team, projectId, 90);
  const results = [magicResult('integrity')];
  const other = await runJudgedAudit(team.as('member'), projectId, { results, branch: 'next' });
  for (const [id, name] of [
    [own, 'main'],
    [other, 'next'],
  ] as const) {
    const risk = { path: name, risk: 1, reasons: [], action: { id: 'none', data: {} } };
    await db().audit.update({
      where: { id },
      data: { topRisks: [risk], releases: [{ name, at: new Date().toISOString() }] },
    });
  }

  const { topRisks, releases } = await getProjectOverview(team.as('viewer'), projectId);

  expect([topRisks.map(({ path }) => path), releases.map(({ name }) => name)]).toEqual([['main'], ['main']]);
});

test('a look at chosen magics takes neither the gate nor the health of the project back', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const results = MAGIC_IDS.map((magic) => magicResult(magic, [], { score: magic === 'git' ? 90 : 50 }));
  await runJudgedAudit(team.as('member'), projectId, { results });
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('git', [], { score: 95 })] });

  const portfolio = await getPortfolio(team.as('viewer'), ProjectFilter.parse({}));

  const [row] = portfolio.rows;
  expect(row).toMatchObject({ gate: 'failed', status: 'failed', magicsJudged: 8, magicsTotal: 8 });
  expect(row).toMatchObject({ overallHealthScore: 54.5, healthChange30d: 0.5 });
  expect(portfolio.gatesFailed).toBe(1);
});

test('what a cancelled audit judged counts nowhere in the project', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const all = MAGIC_IDS.map((magic) => magicResult(magic, [], { score: 80 }));
  await runJudgedAudit(team.as('member'), projectId, { results: all });
  const cut = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('tdd', [], { score: 10 })] });
  await db().audit.update({ where: { id: cut }, data: { status: 'cancelled' } });
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('git', [], { score: 80 })] });

  const overview = await getProjectOverview(team.as('viewer'), projectId);
  const portfolio = await getPortfolio(team.as('viewer'), ProjectFilter.parse({}));
  const { magicResults } = await getAuditResults(team.as('viewer'), projectId, { limit: 1, offset: 0 });
  const { card } = await getMagicDetail(team.as('viewer'), projectId, 'tdd');

  const shown = overview.magics.find(({ magic }) => magic === 'tdd');
  expect(shown).toMatchObject({ score: 80, keptFrom: 1 });
  expect(overview.current?.healthScore).toBe(80);
  expect(portfolio.rows[0]?.strip.map(({ score }) => score)).toEqual(MAGIC_IDS.map(() => 80));
  expect([magicResults.tdd?.score, card.score]).toEqual([80, 80]);
});

test('the trend marks an audit that left a magic without a score', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const results = MAGIC_IDS.map((magic) => magicResult(magic));
  await runJudgedAudit(team.as('member'), projectId, { results });
  const silent = results.map((result) => (result.magic === 'tdd' ? magicResult('tdd', [], { score: null }) : result));
  await runJudgedAudit(team.as('member'), projectId, { results: silent });

  const { trend, recentAudits } = await getProjectOverview(team.as('viewer'), projectId);

  expect(trend.map(({ isPartial }) => isPartial)).toEqual([false, true]);
  expect(recentAudits[0]).toMatchObject({ status: 'completed', magicsJudged: 7, magicsTotal: 8 });
});

test('the project tells the errors of its own settings, also after an audit that did not ask for them', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const settings = { ...magicResult('integrity'), metrics: { settings_errors: 5 } };
  const errors = async () => (await getProjectOverview(team.as('viewer'), projectId)).settingsErrors;

  const before = await errors();
  await runJudgedAudit(team.as('member'), projectId, { results: [settings, magicResult('git')] });
  const found = await errors();
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('git')] });
  const kept = await errors();
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity')] });

  expect([before, found, kept, await errors()]).toEqual([0, 5, 5, 0]);
});

async function judged(team: TestTeam, projectId: string, score: number, ageDays = 0): Promise<string> {
  const results = [magicResult('integrity', [], { score })];
  const auditId = await runJudgedAudit(team.as('member'), projectId, { results });
  const endedAt = new Date(Date.now() - ageDays * DAY_MS);
  await db().audit.update({ where: { id: auditId }, data: { endedAt } });
  return auditId;
}
