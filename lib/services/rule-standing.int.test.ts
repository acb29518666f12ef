import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { findRule } from '@/lib/magics/registry';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { getRuleStanding } from './rule-standing';

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

test('another team gets not_found', async () => {
  const team = await createTeam();
  const stranger = await createTeam();

  await expect(getRuleStanding(stranger.as('owner'), team.teamId, rule())).rejects.toMatchObject({ code: 'not_found' });
});
