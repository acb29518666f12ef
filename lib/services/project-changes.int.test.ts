import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { listen } from '@/lib/db/listen';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { CANCEL_CHANNEL } from './audit-end';
import { requestAudit } from './audits';
import { changeProject, deleteProject } from './project-changes';

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

const logOf = (target: string) =>
  db().auditLogEntry.findMany({ where: { target }, select: { action: true, teamId: true, before: true, after: true } });

describe.each([
  [
    'changeProject',
    (who: TestTeam, role: 'member' | 'admin', id: string) => changeProject(who.as(role), id, { projectName: 'Own' }),
  ],
  ['deleteProject', (who: TestTeam, role: 'member' | 'admin', id: string) => deleteProject(who.as(role), id)],
] as const)('%s', (_name, act) => {
  test('is not for members, and other teams do not learn of the project', async () => {
    const projectId = await createProject(team);
    const others = await createTeam();

    await expect(act(team, 'member', projectId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(act(others, 'admin', projectId)).rejects.toMatchObject({ code: 'not_found' });

    expect(await db().project.findUnique({ where: { id: projectId } })).toMatchObject({ name: 'Project' });
    expect(await logOf(projectId)).toEqual([]);
  });
});

test('a project gets another name, which is written down once', async () => {
  const projectId = await createProject(team);

  const answers = [];
  for (const _ of [1, 2]) answers.push(await changeProject(team.as('admin'), projectId, { projectName: '税計算' }));

  expect(answers.map(({ projectName }) => projectName)).toEqual(['税計算', '税計算']);
  expect(await logOf(projectId)).toEqual([
    { action: 'project.renamed', teamId: team.teamId, before: { name: 'Project' }, after: { name: '税計算' } },
  ]);
});

test('a badge is made public and taken back by an admin, which is written down', async () => {
  const projectId = await createProject(team);

  for (const publicBadge of [true, true, false]) await changeProject(team.as('admin'), projectId, { publicBadge });

  expect(await logOf(projectId)).toEqual([
    { action: 'project.badge', teamId: team.teamId, before: { publicBadge: false }, after: { publicBadge: true } },
    { action: 'project.badge', teamId: team.teamId, before: { publicBadge: true }, after: { publicBadge: false } },
  ]);
  expect(await db().project.findUnique({ where: { id: projectId } })).toMatchObject({ name: 'Project' });
});

test('a deleted project takes along what is its own, and its running audit is stopped', async () => {
  const projectId = await createProject(team);
  const kept = await createProject(team);
  const options = { trigger: 'manual' } as const;
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, request, options);
  await requestAudit(team.as('member'), kept, request, options);
  const seen = { firstAuditId: auditId, firstSeenAt: new Date(), lastAuditId: auditId, lastSeenAt: new Date() };
  const rule = { ruleId: 'strict/no-secret', magic: 'strict', severity: 'high', severityRank: 1, confidence: 1 };
  await db().finding.create({
    data: { projectId, fingerprint: 'a', ...rule, messageId: 'found', data: {}, state: 'new', ...seen },
  });
  const notices: string[] = [];
  await using _notices = listen([CANCEL_CHANNEL], (_channel, payload) => notices.push(payload));
  await expect.poll(() => notices).toEqual(['']);

  await deleteProject(team.as('admin'), projectId);

  await expect.poll(() => notices).toEqual(['', auditId]);
  expect(await db().audit.count({ where: { projectId } })).toBe(0);
  expect(await db().auditJob.count({ where: { auditId } })).toBe(0);
  expect(await db().finding.count({ where: { projectId } })).toBe(0);
  expect(await db().audit.count({ where: { projectId: kept } })).toBe(1);
  expect(await logOf(projectId)).toEqual([
    { action: 'project.deleted', teamId: team.teamId, before: { name: 'Project', audits: 1 }, after: null },
  ]);
  await expect(deleteProject(team.as('admin'), projectId)).rejects.toMatchObject({ code: 'not_found' });
});
