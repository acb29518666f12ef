import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import type { Role } from '@/lib/auth/permissions';
import { hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { acceptInvitation, getInvitation, signUpByInvitation } from './invitation-links';
import { createInvitation, listInvitations, revokeInvitation } from './invitations';

const GONE = { code: 'gone', message: 'the invitation is unknown, used, revoked or expired' };
const SIGN_UP = { name: 'Kai', password: 'long enough', language: 'ja' } as const;

let database: TestDatabase;
let teamId: string;
let owner: TestPerson;
let admin: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  database = await testDatabase();
  stranger = await createPerson({ [await newTeam()]: 'owner' });
});

beforeEach(async () => {
  teamId = await newTeam();
  owner = await createPerson({ [teamId]: 'owner' });
  admin = await createPerson({ [teamId]: 'admin' });
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function invite(by: TestPerson, email: string, role: Role = 'member') {
  const made = await createInvitation(await by.ask(), teamId, { email, role });
  return { ...made, token: made.link?.split('/').at(-1) ?? '' };
}

const nobody = () =>
  createContext({ userId: null, roles: new Map(), requestId: randomUUID(), address: randomUUID(), log: logger() });

const signUp = (token: string) => signUpByInvitation({ address: randomUUID(), token }, SIGN_UP);
const newEmail = () => `${randomUUID()}@example.org`;
const roleOf = async (userId: string) => (await db().membership.findFirst({ where: { teamId, userId } }))?.role ?? null;

describe('an invitation', () => {
  test('shows its link once, is kept as a hash and lasts a week', async () => {
    const { link, token, mailed, ...view } = await invite(admin, 'Kai@Example.org');

    const { items } = await listInvitations(await owner.ask(), teamId);
    const row = await db().invitation.findFirstOrThrow({ where: { teamId } });
    expect(mailed).toBeNull();
    expect(link).toMatch(/^http.*\/invite\/[\w-]{32}$/);
    expect(items).toEqual([view]);
    expect(view).toMatchObject({ email: 'kai@example.org', role: 'member', invitedBy: 'Person' });
    expect(JSON.stringify([items, row, await changesOf(teamId)])).not.toContain(token);
    expect(row.tokenHash).toBe(hashSecret(token));
    expect(Date.parse(view.expiresAt) - Date.now()).toBeCloseTo(7 * 24 * 3600_000, -5);
    expect(await changesOf(teamId)).toEqual([
      {
        action: 'invitation.created',
        target: view.invitationId,
        before: null,
        after: { email: 'kai@example.org', role: 'member' },
      },
    ]);
  });

  test('gives no role above the inviter’s and is none of a member’s or another team’s business', async () => {
    const member = await createPerson({ [teamId]: 'member' });

    await expect(invite(admin, newEmail(), 'owner')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(invite(member, newEmail(), 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(invite(stranger, newEmail())).rejects.toMatchObject({ code: 'not_found' });
    await expect(listInvitations(await stranger.ask(), teamId)).rejects.toMatchObject({ code: 'not_found' });
    const { invitationId } = await invite(owner, newEmail());
    const [elsewhere = ''] = (await stranger.ask()).teamIds;
    await expect(revokeInvitation(await stranger.ask(), elsewhere, invitationId)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('of a member is a conflict, and a second one of an address ends the first', async () => {
    const email = newEmail();
    const first = await invite(owner, email);
    const second = await invite(owner, email, 'viewer');

    await expect(invite(owner, admin.email)).rejects.toMatchObject({ code: 'conflict' });
    await expect(getInvitation(nobody(), first.token)).rejects.toMatchObject(GONE);
    expect(await getInvitation(nobody(), second.token)).toMatchObject({ role: 'viewer' });
    expect((await listInvitations(await owner.ask(), teamId)).items).toHaveLength(1);
  });
});

describe('a link', () => {
  test('tells the same to whoever holds it, account or none, but for the one who was invited', async () => {
    const person = await createPerson();
    const [toPerson, toNobody] = [await invite(owner, person.email), await invite(owner, newEmail())];

    const seen = await Promise.all([toPerson, toNobody].map(({ token }) => getInvitation(nobody(), token)));
    const asOther = await Promise.all(
      [toPerson, toNobody].map(async ({ token }) => getInvitation(await stranger.ask(), token)),
    );

    expect(seen.map(({ email: _, expiresAt: __, ...rest }) => rest)).toEqual(
      Array(2).fill({ teamName: 'Team', role: 'member', asker: 'nobody' }),
    );
    expect(asOther.map(({ asker }) => asker)).toEqual(['other', 'other']);
    expect(await getInvitation(await person.ask(), toPerson.token)).toMatchObject({ asker: 'invited' });
  });

  test.each([
    ['is unknown', async () => 'not-the-link'],
    [
      'was revoked',
      async ({ invitationId, token }) => {
        await revokeInvitation(await owner.ask(), teamId, invitationId);
        return token;
      },
    ],
    [
      'has expired',
      async ({ invitationId, token }) => {
        await db().invitation.update({ where: { id: invitationId }, data: { expiresAt: new Date(Date.now() - 1) } });
        return token;
      },
    ],
    [
      'was used',
      async ({ token }) => {
        await signUp(token);
        return token;
      },
    ],
    [
      'is of somebody whose role is no longer enough',
      async ({ token }) => {
        await db().membership.updateMany({ where: { userId: admin.userId }, data: { role: 'member' } });
        return token;
      },
    ],
    [
      'is of somebody who was removed',
      async ({ token }) => {
        await db().membership.deleteMany({ where: { userId: admin.userId } });
        return token;
      },
    ],
  ] as [string, (invitation: { invitationId: string; token: string }) => Promise<string>][])(
    'that %s opens nothing, and says nothing more',
    async (_, end) => {
      const token = await end(await invite(admin, newEmail()));
      const people = await db().user.count();

      await expect(getInvitation(nobody(), token)).rejects.toMatchObject(GONE);
      await expect(signUp(token)).rejects.toMatchObject(GONE);
      await expect(acceptInvitation(await stranger.ask(), token)).rejects.toMatchObject(GONE);

      expect(await db().user.count()).toBe(people);
    },
  );

  test('cannot be guessed for long from one address', async () => {
    const address = randomUUID();
    const codes: string[] = [];

    for (let count = 0; count < 61; count += 1) {
      const ctx = { ...nobody(), address };
      await getInvitation(ctx, `guess-${count}`).catch(({ code }) => codes.push(code));
    }

    expect(codes.filter((code) => code === 'gone')).toHaveLength(60);
    expect(codes.at(-1)).toBe('rate_limited');
  });
});

describe('accepting', () => {
  test('brings the person in with the role, once', async () => {
    const person = await createPerson();
    const { token, invitationId } = await invite(owner, person.email);

    const joined = await acceptInvitation(await person.ask(), token);

    expect(joined).toEqual({ teamId, teamName: 'Team', role: 'member' });
    await expect(acceptInvitation(await person.ask(), token)).rejects.toMatchObject(GONE);
    expect(await changesOf(teamId, person.userId)).toEqual([
      { action: 'member.joined', target: person.userId, before: null, after: { role: 'member' } },
    ]);
    const [entry] = await db().auditLogEntry.findMany({ where: { teamId, actorId: person.userId } });
    expect(entry).toMatchObject({ detail: { invitationId } });
  });

  test('is for who was invited, at a browser', async () => {
    const person = await createPerson();
    const { token } = await invite(owner, person.email);

    await expect(acceptInvitation(await stranger.ask(), token)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(acceptInvitation(nobody(), token)).rejects.toMatchObject({ code: 'unauthenticated' });
    const byToken = await person.ask({ scopes: ['read', 'write', 'admin'] });
    await expect(acceptInvitation(byToken, token)).rejects.toMatchObject({ code: 'forbidden' });

    expect(await roleOf(person.userId)).toBeNull();
  });

  test('never lowers a role that was given meanwhile', async () => {
    const person = await createPerson();
    const { token } = await invite(owner, person.email, 'viewer');
    await db().membership.create({ data: { userId: person.userId, teamId, role: 'admin' } });

    expect(await acceptInvitation(await person.ask(), token)).toMatchObject({ role: 'admin' });
    expect(await roleOf(person.userId)).toBe('admin');
    expect((await changesOf(teamId)).at(-1)).toEqual({
      action: 'invitation.used',
      target: person.userId,
      before: null,
      after: { role: 'admin' },
    });
  });

  test('makes an account with the invited address', async () => {
    const email = newEmail();
    const { token } = await invite(owner, email);

    await signUp(token);

    const user = await db().user.findUniqueOrThrow({ where: { email } });
    expect(user).toMatchObject({ name: 'Kai', language: 'ja', passwordHash: expect.stringContaining('argon2id') });
    expect(await roleOf(user.id)).toBe('member');
  });

  test('makes one account when the link is used twice at the same moment', async () => {
    const { token } = await invite(owner, newEmail());
    const before = await db().user.count();

    const ends = await Promise.allSettled([signUp(token), signUp(token)]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db().user.count()).toBe(before + 1);
  });

  test('takes no password for somebody who has an account, and the invitation stays open', async () => {
    const person = await createPerson();
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: person.userId } });
    const { token } = await invite(owner, person.email);

    await expect(signUp(token)).rejects.toMatchObject({ code: 'conflict' });

    expect(await db().user.findUniqueOrThrow({ where: { id: person.userId } })).toMatchObject({ passwordHash });
    expect(await roleOf(person.userId)).toBeNull();
    expect(await acceptInvitation(await person.ask(), token)).toMatchObject({ role: 'member' });
  });
});
