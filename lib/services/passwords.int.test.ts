import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPassword } from '@/lib/auth/passwords';
import { createSession } from '@/lib/auth/sessions';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, newTeam, PASSWORD, type TestPerson } from '@/tests/support/people';
import { changeMember, createServiceAccount } from './members';
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions';
import {
  changePassword,
  createPasswordReset,
  createPasswordResetFor,
  getPasswordReset,
  resetPassword,
} from './passwords';

const NEW = 'another password';
const GONE = { code: 'gone', message: 'the link is unknown, used or expired' };

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const openSession = ({ userId }: TestPerson, browser = 'Firefox, Linux') =>
  db().$transaction((tx) => createSession(tx, userId, { address: '192.0.2.1', browser }));

const sessionsOf = async ({ userId }: TestPerson) =>
  (await db().session.findMany({ where: { userId } })).map(({ id }) => id);

const hasPassword = async ({ userId }: TestPerson, password: string) =>
  verifyPassword((await db().user.findUniqueOrThrow({ where: { id: userId } })).passwordHash, password);

async function ownedTeam() {
  const teamId = await newTeam();
  const owner = await createPerson({ [teamId]: 'owner' });
  const member = await createPerson({ [teamId]: 'member' });
  const reset = async (who = member, by = owner) => {
    const { link, expiresAt } = await createPasswordReset(await by.ask(), teamId, who.userId);
    return { token: link.slice(link.lastIndexOf('/') + 1), link, expiresAt };
  };
  return { teamId, owner, member, reset };
}

const use = (token: string) => resetPassword(randomUUID(), token, { password: NEW });

describe('sessions', () => {
  test('of one’s own are listed with where they began, and ended one by one', async () => {
    const [person, other] = [await createPerson(), await createPerson()];
    const [here, there] = [await openSession(person), await openSession(person, 'Safari, iOS')];
    const foreign = await openSession(other);
    const ctx = await person.ask({ sessionId: here });

    const { items } = await listOwnSessions(ctx);
    await endOwnSession(ctx, there);

    expect(items.map(({ sessionId, browser, address, isCurrent }) => [sessionId, browser, address, isCurrent])).toEqual(
      expect.arrayContaining([
        [here, 'Firefox, Linux', '192.0.2.1', true],
        [there, 'Safari, iOS', '192.0.2.1', false],
      ]),
    );
    expect(items).toHaveLength(2);
    expect(await sessionsOf(person)).toEqual([here]);
    await expect(endOwnSession(ctx, foreign)).rejects.toMatchObject({ code: 'not_found' });
    await expect(endOwnSession(ctx, there)).rejects.toMatchObject({ code: 'not_found' });
    expect(await sessionsOf(other)).toEqual([foreign]);
  });

  test('but this one are ended together', async () => {
    const person = await createPerson();
    const [here] = [await openSession(person), await openSession(person)];

    await endOtherSessions(await person.ask({ sessionId: here }));

    expect(await sessionsOf(person)).toEqual([here]);
    expect((await changesOf(null, person.userId)).map(({ action }) => action)).toEqual(['session.ended']);
  });

  test('say which browser signed in, from where', async () => {
    const person = await createPerson();
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
    const address = '198.51.100.7';

    await signInWithPassword({ email: person.email, password: PASSWORD, address, cookie: null, userAgent });

    expect((await listOwnSessions(await person.ask())).items).toMatchObject([{ browser: 'Firefox, Linux', address }]);
  });
});

describe('a password', () => {
  test('is changed with the old one, and the other sessions and open links end', async () => {
    const { member, reset } = await ownedTeam();
    const [here] = [await openSession(member), await openSession(member)];
    const { token } = await reset();

    const ctx = await member.ask({ sessionId: here });
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: NEW });

    expect(await hasPassword(member, NEW)).toBe(true);
    expect(await sessionsOf(member)).toEqual([here]);
    await expect(getPasswordReset(randomUUID(), token)).rejects.toMatchObject(GONE);
    const log = await changesOf(null, member.userId);
    expect(log.map(({ action }) => action)).toEqual(['password.changed']);
    expect(JSON.stringify(log)).not.toMatch(/password"|another|correct/);
  });

  test('stays when the old one is wrong, and guesses are few', async () => {
    const person = await createPerson();
    const codes: string[] = [];

    for (let count = 0; count < 11; count += 1) {
      const request = { currentPassword: `wrong ${count}`, newPassword: NEW };
      await changePassword(await person.ask(), request).catch(({ code }) => codes.push(code));
    }

    expect(codes).toEqual([...Array(10).fill('unprocessable'), 'rate_limited']);
    expect(await hasPassword(person, PASSWORD)).toBe(true);
  });

  test('is not changed by a token, whatever its scopes', async () => {
    const person = await createPerson();
    const ctx = await person.ask({ scopes: ['read', 'write', 'admin'] });

    await expect(changePassword(ctx, { currentPassword: PASSWORD, newPassword: NEW })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('a link to choose a new password', () => {
  test('works once, for a day, and ends all sessions', async () => {
    const { teamId, owner, member, reset } = await ownedTeam();
    await openSession(member);
    const { token, expiresAt } = await reset();
    expect(await getPasswordReset(randomUUID(), token)).toEqual({ email: member.email, expiresAt });
    expect(Date.parse(expiresAt) - Date.now()).toBeCloseTo(24 * 3600_000, -5);

    const ends = await Promise.allSettled([use(token), use(token)]);

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await hasPassword(member, NEW)).toBe(true);
    expect(await sessionsOf(member)).toEqual([]);
    const log = await db().auditLogEntry.findMany({ where: { teamId }, orderBy: { id: 'asc' } });
    expect(log.map(({ action, actorId, target }) => [action, actorId, target])).toEqual([
      ['password_reset.created', owner.userId, member.userId],
      ['password.reset', member.userId, member.userId],
    ]);
    expect(JSON.stringify(await db().passwordReset.findMany())).not.toContain(token);
  });

  test('is made by an owner for a person of this team alone; why not is told to nobody', async () => {
    const { teamId, owner, member, reset } = await ownedTeam();
    const admin = await createPerson({ [teamId]: 'admin' });
    const both = await createPerson({ [teamId]: 'member', [await newTeam()]: 'member' });
    const service = await createServiceAccount(await owner.ask(), teamId, { name: 'Robot', role: 'viewer' });
    const stranger = await createPerson({ [await newTeam()]: 'owner' });

    await expect(reset(member, admin)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reset(member, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(reset(stranger)).rejects.toMatchObject({ code: 'not_found' });
    // Signs in by a provider alone: a password would be a second way in.
    const provided = await createPerson({ [teamId]: 'member' });
    await db().user.update({ where: { id: provided.userId }, data: { passwordHash: null } });
    expect(await createPasswordResetFor(provided.email)).not.toBeNull();
    for (const userId of [both.userId, service.userId, owner.userId, provided.userId]) {
      await expect(createPasswordReset(await owner.ask(), teamId, userId)).rejects.toMatchObject({
        code: 'unprocessable',
        message: 'no link can be made for this member',
      });
    }
  });

  test('opens nothing once the person is in another team, or an owner of this one is none any more', async () => {
    const [joining, lowering] = [await ownedTeam(), await ownedTeam()];
    const [first, second] = [await joining.reset(), await lowering.reset()];
    const other = await createPerson({ [lowering.teamId]: 'owner' });

    await db().membership.create({
      data: { userId: joining.member.userId, teamId: await newTeam(), role: 'viewer' },
    });
    await changeMember(await other.ask(), lowering.teamId, lowering.owner.userId, { role: 'member' });

    for (const { token } of [first, second]) await expect(use(token)).rejects.toMatchObject(GONE);
    expect(await hasPassword(joining.member, PASSWORD)).toBe(true);
  });

  test('ends the one before, and one that is unknown or has expired opens nothing', async () => {
    const { member, reset } = await ownedTeam();
    const [first, second] = [await reset(), await reset()];
    await db().passwordReset.updateMany({
      where: { userId: member.userId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });

    for (const token of [first.token, second.token, 'not-the-link']) {
      await expect(use(token)).rejects.toMatchObject(GONE);
    }
  });

  test('is made for anybody by whoever runs the server, but not for machines', async () => {
    const { teamId, owner } = await ownedTeam();
    await createServiceAccount(await owner.ask(), teamId, { name: 'Robot', role: 'viewer' });
    const robot = await db().user.findFirstOrThrow({ where: { serviceTeamId: teamId } });
    const both = await createPerson({ [teamId]: 'member', [await newTeam()]: 'member' });

    const made = await createPasswordResetFor(both.email.toUpperCase());

    await use(made?.link.slice(made.link.lastIndexOf('/') + 1) ?? '');
    expect(await hasPassword(both, NEW)).toBe(true);
    expect(await createPasswordResetFor(robot.email)).toBeNull();
    expect(await createPasswordResetFor('nobody@example.org')).toBeNull();
  });
});
