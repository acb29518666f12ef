import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '@/lib/auth/permissions';
import { closeDb, db } from '@/lib/db/client';
import { listen } from '@/lib/db/listen';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject } from '@/tests/support/factories';
import { magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { changesOf, createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { CANCEL_CHANNEL } from './audit-end';
import { changeMember, createServiceAccount, listMembers, removeMember } from './members';
import { createTeam, deleteTeam, listTeams, renameTeam } from './teams';
import { triageFinding } from './triage';

let database: TestDatabase;
let teamId: string;
let people: Record<Role, TestPerson>;
let stranger: TestPerson;

beforeAll(async () => {
  database = await testDatabase();
});

beforeEach(async () => {
  teamId = await newTeam();
  people = {
    viewer: await createPerson({ [teamId]: 'viewer' }),
    member: await createPerson({ [teamId]: 'member' }),
    admin: await createPerson({ [teamId]: 'admin' }),
    owner: await createPerson({ [teamId]: 'owner' }),
  };
  stranger = await createPerson({ [await newTeam()]: 'owner' });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const roleOf = async ({ userId }: TestPerson) =>
  (await db().membership.findFirst({ where: { teamId, userId } }))?.role ?? null;

const change = async (actor: TestPerson, target: TestPerson, role: Role) =>
  changeMember(await actor.ask(), teamId, target.userId, { role });

describe('a role', () => {
  test('is given by an admin, takes effect and is written down with what it was', async () => {
    const view = await change(people.admin, people.viewer, 'member');

    expect(view).toMatchObject({ userId: people.viewer.userId, role: 'member', kind: 'person', isYou: false });
    expect(await roleOf(people.viewer)).toBe('member');
    expect(await changesOf(teamId)).toEqual([
      {
        action: 'member.changed',
        target: people.viewer.userId,
        before: { role: 'viewer' },
        after: { role: 'member' },
      },
    ]);
  });

  test.each([
    ['viewer', 'viewer', 'member'],
    ['member', 'viewer', 'viewer'],
    ['member', 'member', 'owner'],
    ['admin', 'owner', 'viewer'],
    ['admin', 'viewer', 'owner'],
    ['admin', 'admin', 'owner'],
  ] as const)('a %s cannot make a %s %s', async (actor, target, role) => {
    await expect(change(people[actor], people[target], role)).rejects.toMatchObject({ code: 'forbidden' });

    expect(await roleOf(people[target])).toBe(target);
    expect(await changesOf(teamId)).toEqual([]);
  });

  test('of somebody in another team is not found, nor is the team by others', async () => {
    await expect(change(people.owner, stranger, 'viewer')).rejects.toMatchObject({ code: 'not_found' });
    await expect(change(stranger, people.viewer, 'member')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that was lowered since the request came counts as it is now', async () => {
    const late = await people.admin.ask();
    await change(people.owner, people.admin, 'viewer');

    await expect(changeMember(late, teamId, people.member.userId, { role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('the last owner', () => {
  test('can neither be lowered nor removed, nor leave', async () => {
    const own = await people.owner.ask();
    const last = { code: 'conflict', details: { reason: 'last_owner' } };

    await expect(changeMember(own, teamId, people.owner.userId, { role: 'admin' })).rejects.toMatchObject(last);
    await expect(removeMember(own, teamId, people.owner.userId)).rejects.toMatchObject(last);

    expect(await roleOf(people.owner)).toBe('owner');
  });

  test('stays when two owners lower or remove each other at the same moment', async () => {
    for (const act of [
      async (actor: TestPerson, target: TestPerson) => void (await change(actor, target, 'member')),
      async (actor: TestPerson, target: TestPerson) => removeMember(await actor.ask(), teamId, target.userId),
    ]) {
      const other = await createPerson({ [teamId]: 'owner' });

      const ends = await Promise.allSettled([act(people.owner, other), act(other, people.owner)]);

      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await db().membership.count({ where: { teamId, role: 'owner' } })).toBe(1);
      await db().membership.deleteMany({ where: { teamId, role: 'owner' } });
      await db().membership.upsert({
        where: { userId_teamId: { teamId, userId: people.owner.userId } },
        create: { teamId, userId: people.owner.userId, role: 'owner' },
        update: { role: 'owner' },
      });
    }
  });

  test('stays when both leave at the same moment', async () => {
    const other = await createPerson({ [teamId]: 'owner' });
    const leave = async (who: TestPerson) => removeMember(await who.ask(), teamId, who.userId);

    const ends = await Promise.allSettled([leave(people.owner), leave(other)]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a member', () => {
  test('who is removed loses their tokens and open invitations of this team alone', async () => {
    const elsewhere = await newTeam();
    const { userId } = people.admin;
    await db().membership.create({ data: { userId, teamId: elsewhere, role: 'admin' } });
    const expiresAt = new Date(Date.now() + 60_000);
    for (const team of [teamId, elsewhere]) {
      const parts = { teamId: team, tokenHash: randomUUID(), expiresAt };
      await db().apiToken.create({ data: { ...parts, userId, name: 'Token', scopes: ['read'] } });
      await db().invitation.create({ data: { ...parts, email: 'a@example.org', role: 'viewer', invitedById: userId } });
    }

    await removeMember(await people.owner.ask(), teamId, userId);

    const [tokens, invitations] = await Promise.all([
      db().apiToken.findMany({ where: { userId, revokedAt: null } }),
      db().invitation.findMany({ where: { invitedById: userId, revokedAt: null } }),
    ]);
    expect([...tokens, ...invitations].map((row) => row.teamId)).toEqual([elsewhere, elsewhere]);
    expect(await changesOf(teamId)).toEqual([
      { action: 'member.removed', target: userId, before: { role: 'admin' }, after: null },
    ]);
  });

  test('who is removed has no findings to mend any more, which their history tells', async () => {
    const projectId = await createProject({ teamId });
    const results = [magicResult('integrity', [markerFinding('a'), markerFinding('b')])];
    await runJudgedAudit(await people.owner.ask(), projectId, { results });
    const found = await db().finding.findMany({ where: { projectId }, orderBy: { fingerprint: 'asc' } });
    const [theirs, others] = found.map(({ id }) => id);
    const { userId } = people.member;
    await triageFinding(await people.owner.ask(), theirs ?? '', { assigneeId: userId });
    await triageFinding(await people.owner.ask(), others ?? '', { assigneeId: people.admin.userId });

    await removeMember(await people.owner.ask(), teamId, userId);

    const assigned = await db().finding.findMany({ where: { projectId }, orderBy: { fingerprint: 'asc' } });
    expect(assigned.map(({ assigneeId }) => assigneeId)).toEqual([null, people.admin.userId]);
    const event = await db().findingEvent.findFirst({ where: { findingId: theirs }, orderBy: { id: 'desc' } });
    expect(event).toMatchObject({ kind: 'assignee', before: userId, after: null, actorId: people.owner.userId });
    const entry = await db().auditLogEntry.findFirst({ where: { teamId, action: 'member.removed' } });
    expect(entry?.detail).toEqual({ unassigned: 1 });
  });

  test('may leave, which is written down as that', async () => {
    await removeMember(await people.viewer.ask(), teamId, people.viewer.userId);

    expect(await roleOf(people.viewer)).toBeNull();
    expect((await changesOf(teamId)).map(({ action }) => action)).toEqual(['member.left']);
  });

  test('is neither removed by somebody below nor by another team, and a token of few scopes does not leave', async () => {
    const remove = async (actor: TestPerson, { userId }: TestPerson) => removeMember(await actor.ask(), teamId, userId);
    const reader = await people.viewer.ask({ scopes: ['read'] });

    await expect(remove(people.admin, people.owner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(people.member, people.viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(stranger, people.viewer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(remove(people.owner, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeMember(reader, teamId, people.viewer.userId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a service account', () => {
  test('is listed as one, shows no address and cannot become an owner', async () => {
    const made = await createServiceAccount(await people.admin.ask(), teamId, { name: 'Pipeline', role: 'member' });

    const { items } = await listMembers(await people.viewer.ask(), teamId);
    const owning = changeMember(await people.owner.ask(), teamId, made.userId, { role: 'owner' });

    expect(items.find(({ userId }) => userId === made.userId)).toEqual(made);
    expect(made).toMatchObject({ name: 'Pipeline', kind: 'service', email: null, role: 'member' });
    await expect(owning).rejects.toMatchObject({ code: 'unprocessable' });
    expect((await changesOf(teamId)).map(({ action }) => action)).toEqual(['service_account.created']);
  });

  test('takes the role that it gets', async () => {
    const member = await people.member.ask();

    await expect(createServiceAccount(member, teamId, { name: 'Pipeline', role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      createServiceAccount(await stranger.ask(), teamId, { name: 'Pipeline', role: 'viewer' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a team', () => {
  test('is owned by who makes it, and shows in their list alone', async () => {
    const made = await createTeam(await stranger.ask(), { teamName: '台所' });

    expect((await listTeams(await stranger.ask())).items).toContainEqual({ ...made, role: 'owner' });
    expect((await listTeams(await people.owner.ask())).items.map((team) => team.teamId)).toEqual([teamId]);
    expect(await changesOf(made.teamId)).toEqual([
      { action: 'team.created', target: made.teamId, before: null, after: { name: '台所' } },
    ]);
  });

  test('is made by a person, not by a token', async () => {
    const token = await stranger.ask({ scopes: ['read', 'write', 'admin'] });

    await expect(createTeam(token, { teamName: 'More' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is renamed by an admin, once', async () => {
    for (const _ of [1, 2]) await renameTeam(await people.admin.ask(), teamId, { teamName: 'Kitchen' });

    expect(await changesOf(teamId)).toEqual([
      { action: 'team.renamed', target: teamId, before: { name: 'Team' }, after: { name: 'Kitchen' } },
    ]);
    const rename = async (who: TestPerson) => renameTeam(await who.ask(), teamId, { teamName: 'No' });
    const ends = await Promise.allSettled([rename(people.member), rename(stranger)]);
    expect(ends.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(['forbidden', 'not_found']);
  });

  test('takes along all that is its own when its owner deletes it, and stops its audits', async () => {
    const service = await createServiceAccount(await people.owner.ask(), teamId, { name: 'Pipeline', role: 'viewer' });
    const project = { teamId, name: 'Project', repositoryUrl: '/nowhere', canonicalKey: randomUUID(), branch: 'main' };
    const { id: projectId } = await db().project.create({ data: project });
    const audit = { projectId, number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: {} };
    const { id: auditId } = await db().audit.create({ data: audit });
    const notices: string[] = [];
    await using _notices = listen([CANCEL_CHANNEL], (_channel, payload) => notices.push(payload));
    await expect.poll(() => notices).toEqual(['']);
    await expect(deleteTeam(await people.admin.ask(), teamId)).rejects.toMatchObject({ code: 'forbidden' });

    await deleteTeam(await people.owner.ask(), teamId);

    await expect.poll(() => notices).toEqual(['', auditId]);
    expect(await db().project.count({ where: { teamId } })).toBe(0);
    expect(await db().user.count({ where: { id: service.userId } })).toBe(0);
    expect(await db().user.count({ where: { id: people.viewer.userId } })).toBe(1);
    expect((await changesOf(teamId)).at(-1)).toMatchObject({
      action: 'team.deleted',
      before: { name: 'Team', projects: 1, audits: 1, members: 5 },
    });
  });
});
