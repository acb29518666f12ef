import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { getMagicDetail } from './magics';

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

test('shows the newest result of the branch, the first findings of each rule and the scores before', async () => {
  const projectId = await createProject(team);
  const many = Array.from({ length: 25 }, (_, place) => markerFinding(`m${String(place).padStart(2, '0')}`));
  const other = markerFinding('other', { ruleId: 'integrity/no-empty-body', severity: 'high' });
  await audit(projectId, 70);
  const newest = await audit(projectId, 80, [...many, other]);
  await audit(projectId, 10, [], 'next');

  const detail = await getMagicDetail(team.as('viewer'), projectId, 'integrity');

  expect(detail).toMatchObject({ auditId: newest, auditNumber: 2, card: { score: 80, previousScore: 70 } });
  expect(detail.trend).toEqual([
    { number: 1, score: 70 },
    { number: 2, score: 80 },
  ]);
  const shown = Object.entries(detail.findings).map(([ruleId, findings]) => [ruleId, findings.map(({ path }) => path)]);
  expect(Object.fromEntries(shown)).toEqual({
    [many[0]?.ruleId ?? '']: many.slice(0, 20).map(({ path }) => path),
    [other.ruleId]: [other.path],
  });
});

test('a rule that measured on too little says so on the card, and how much it found', async () => {
  const projectId = await createProject(team);
  const result = magicResult('integrity', [markerFinding('first')]);
  const rules = result.rules.map((rule) => ({ ...rule, score: null, isInformational: true }));
  const asked = [MARKER_RULE, 'integrity/no-empty-body'];
  const skipped = asked.map((ruleId) => ({ ruleId, reason: 'too-little', data: {} }));
  await runJudgedAudit(team.as('member'), projectId, { results: [{ ...result, rules, skipped }] });

  const { card } = await getMagicDetail(team.as('viewer'), projectId, 'integrity');

  expect(card.skipped).toMatchObject([
    { ruleId: MARKER_RULE, isInformational: true, findings: 1 },
    { ruleId: 'integrity/no-empty-body', isInformational: false, findings: 0 },
  ]);
});

test('a magic that judged nothing yet is not found, like the project of another team', async () => {
  const projectId = await createProject(team);
  await audit(projectId, 70);
  const stranger = await createTeam();

  const asked = await Promise.allSettled([
    getMagicDetail(team.as('viewer'), projectId, 'git'),
    getMagicDetail(stranger.as('owner'), projectId, 'integrity'),
  ]);

  expect(asked).toEqual(
    asked.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'not_found' }) })),
  );
});

function audit(projectId: string, score: number, findings = [markerFinding('first')], branch?: string) {
  const results = [magicResult('integrity', findings, { score })];
  return runJudgedAudit(team.as('member'), projectId, { results, ...(branch && { branch }) });
}
