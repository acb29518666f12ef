import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { findRule } from '@/lib/magics/registry';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { getRuleStanding } from './rule-standing';
import { triageFindings } from './triage';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

function rule() {
  const found = findRule(MARKER_RULE);
  if (!found?.limits) throw new Error(`${MARKER_RULE} has no limits`);
  return { ...found, limits: found.limits };
}

test('a team without a policy has the published limits', async () => {
  const team = await createTeam();

  const standing = await getRuleStanding(team.as('viewer'), team.teamId, rule());

  const { good, bad } = rule().limits;
  expect(standing).toEqual({
    isOn: true,
    strictness: 0.8,
    limits: { good, bad },
    severity: rule().severity,
    precision: { judged: 0, falsePositive: 0, accepted: 0, wontFix: 0, fixed: 0, share: null, low: null, high: null },
    isDemoted: false,
    raisedIn: [],
  });
});

test('a policy moves the limits, changes the severity and switches the rule off', async () => {
  const team = await createTeam({
    strictness: 0.4,
    rules: { [MARKER_RULE]: { isEnabled: false, severity: 'low' } },
  });

  const standing = await getRuleStanding(team.as('viewer'), team.teamId, rule());

  const { good, bad } = rule().limits;
  expect(standing).toMatchObject({ isOn: false, strictness: 0.4, severity: 'low' });
  expect(standing.limits?.good).toBeCloseTo((good + bad) / 2);
});

test('it is raised where the team has open findings of it, most first', async () => {
  const team = await createTeam();
  const [few, many, fixed] = [await createProject(team), await createProject(team), await createProject(team)];
  const judge = (projectId: string, names: readonly string[]) =>
    runJudgedAudit(team.as('member'), projectId, {
      results: [
        magicResult(
          'integrity',
          names.map((name) => markerFinding(name)),
        ),
      ],
    });
  await judge(few, ['a']);
  await judge(many, ['a', 'b']);
  await judge(fixed, ['a']);
  await judge(fixed, []);

  const { raisedIn } = await getRuleStanding(team.as('viewer'), team.teamId, rule());

  expect(raisedIn.map(({ projectId, findings }) => [projectId, findings])).toEqual([
    [many, 2],
    [few, 1],
  ]);
});

test('what the team said is counted, and demotes the rule where the policy says nothing of it', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `f${at}x`);
  const standings = await Promise.all(
    [undefined, { rules: { [MARKER_RULE]: { severity: 'high' } } }].map(async (policy) => {
      const team = await createTeam(policy);
      const projectId = await createProject(team);
      const results = [
        magicResult(
          'integrity',
          names.map((name) => markerFinding(name)),
        ),
      ];
      await runJudgedAudit(team.as('member'), projectId, { results });
      const rows = await db().finding.findMany({ where: { projectId }, select: { id: true } });
      const ids = rows.map(({ id }) => id);
      const judge = (findingIds: string[], verdict: 'false_positive' | 'wont_fix') =>
        triageFindings(team.as('member'), { findingIds, verdict, reason: 'looked at' });
      await judge(ids.slice(0, 8), 'false_positive');
      await judge(ids.slice(8), 'wont_fix');
      return getRuleStanding(team.as('viewer'), team.teamId, rule());
    }),
  );

  expect(standings).toMatchObject([
    { isDemoted: true, severity: 'low', precision: { judged: 20, falsePositive: 8, wontFix: 12, share: 0.6 } },
    { isDemoted: false, severity: 'high', precision: { judged: 20 } },
  ]);
  expect(rule().severity).toBe('medium');
});

test('another team gets not_found', async () => {
  const team = await createTeam();
  const stranger = await createTeam();

  await expect(getRuleStanding(stranger.as('owner'), team.teamId, rule())).rejects.toMatchObject({ code: 'not_found' });
});
