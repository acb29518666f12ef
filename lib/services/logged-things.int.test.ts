import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '@/lib/auth/context';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { createPerson, newTeam } from '@/tests/support/people';
import { listAuditLog } from './audit-log';
import { recordChange } from './change-log';
import { createComment } from './finding-comments';
import { createInvitation } from './invitations';
import { removeMember } from './members';
import { deleteProject } from './project-changes';
import { createToken } from './tokens';
import { triageFinding } from './triage';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** A team that has one of each thing that entries point at. */
async function furnishedTeam() {
  const teamId = await newTeam();
  const [owner, member] = [await createPerson({ [teamId]: 'owner' }), await createPerson({ [teamId]: 'member' })];
  const ctx = await owner.ask();
  const projectId = await createProject({ teamId });
  const results = [magicResult('integrity', [markerFinding(teamId)], { outcomes: { [MARKER_RULE]: 'failed' } })];
  const auditId = await runJudgedAudit(ctx, projectId, { results });
  const { id: findingId } = await db().finding.findFirstOrThrow({ where: { projectId } });
  const invited = { email: `new-${teamId}@example.org`, role: 'member' } as const;
  const { invitationId } = await createInvitation(ctx, teamId, invited);
  const { tokenId } = await createToken(ctx, teamId, { name: 'Pipeline', scopes: ['read'], expiresInDays: 1 });
  return { teamId, ctx, owner, member, projectId, auditId, findingId, invitationId, invited, tokenId };
}

const logOf = (ctx: Context, teamId: string) => listAuditLog(ctx, teamId, { limit: 50 });

test('targets and ids in the values are said to be what they are', async () => {
  const team = await furnishedTeam();
  const { ctx, teamId, projectId, auditId, findingId, member } = team;
  await createComment(ctx, findingId, { text: 'Known' });
  await triageFinding(ctx, findingId, { assigneeId: member.userId });

  const { items, things } = await logOf(ctx, teamId);

  const project = { projectId, projectName: 'Project' };
  expect(things).toEqual({
    [auditId]: { kind: 'audit', number: 1, ...project },
    [findingId]: {
      kind: 'finding',
      ...project,
      ruleId: MARKER_RULE,
      message: { en: expect.stringContaining('TODO'), ja: expect.stringContaining('TODO') },
    },
    [projectId]: { kind: 'project', name: 'Project' },
    [member.userId]: { kind: 'person', name: 'Person' },
    [team.owner.userId]: { kind: 'person', name: 'Person' },
    [team.invitationId]: { kind: 'invitation', email: team.invited.email },
    [team.tokenId]: { kind: 'token', name: 'Pipeline' },
  });
  const nameOf = (action: string) => items.find((entry) => entry.action === action)?.targetName;
  expect(nameOf('audit.requested')).toBe('Project #1');
  expect(nameOf('comment.created')).toContain('TODO');
});

test('a member who was removed is still named, what was deleted no longer', async () => {
  const { ctx, teamId, projectId, member } = await furnishedTeam();
  await removeMember(ctx, teamId, member.userId);
  await deleteProject(ctx, projectId);

  const { items, things } = await listAuditLog(ctx, teamId, { limit: 2 });

  expect(items).toMatchObject([
    { action: 'project.deleted', target: projectId, targetName: null },
    { action: 'member.removed', target: member.userId, targetName: 'Person' },
  ]);
  expect(Object.keys(things)).toEqual([member.userId]);
});

test('ids of another team say nothing, of whatever kind and wherever they stand', async () => {
  const others = await furnishedTeam();
  const { projectId, auditId, findingId, invitationId, tokenId, member } = others;
  const teamId = await newTeam();
  const ctx = await (await createPerson({ [teamId]: 'owner' })).ask();
  const targets = [projectId, auditId, findingId, invitationId, tokenId, member.userId];
  for (const target of targets) {
    const detail = { projectId, invitationId, projects: [projectId, findingId], holder: member.userId };
    const entry = { teamId, target, detail, after: { assigneeId: member.userId } };
    await db().$transaction((tx) => recordChange(tx, ctx, { action: 'finding.triaged', ...entry }));
  }

  const { items, things } = await logOf(ctx, teamId);

  expect(items.map(({ targetName }) => targetName)).toEqual(targets.map(() => null));
  expect(things).toEqual({});
});
