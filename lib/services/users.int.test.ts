import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import { createLinkValue, hashSecret } from '@/lib/auth/secrets';
import { createSession } from '@/lib/auth/sessions';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { endSessions } from './own-sessions';
import { createFirstOwner, createOwner, getMe, updatePreferences } from './users';

const OWNER = { email: 'Rin@Example.org', name: 'Rin', teamName: 'Kitchen', password: 'long enough' };

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

beforeEach(async () => {
  await db().user.deleteMany();
  await db().instance.updateMany({ data: { ownerTeamId: null } });
  await db().team.deleteMany();
  await db().setupLink.deleteMany();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

describe('setting up', () => {
  test('makes the owner of a team once', async () => {
    const token = await link();

    const made = await createFirstOwner({ ...OWNER, token }, randomUUID());
    const again = createFirstOwner({ ...OWNER, token }, randomUUID());

    await expect(again).rejects.toMatchObject({ code: 'gone' });
    const user = await db().user.findUniqueOrThrow({ where: { id: made.userId }, include: { memberships: true } });
    expect(user).toMatchObject({ email: 'rin@example.org', memberships: [{ teamId: made.teamId, role: 'owner' }] });
  });

  test('makes one owner when two links are used at the same moment', async () => {
    const tokens = [await link(), await link()];

    const ends = await Promise.allSettled(
      tokens.map((token, place) => createFirstOwner({ ...OWNER, email: `${place}@example.org`, token }, randomUUID())),
    );

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db().user.count()).toBe(1);
  });

  test('refuses a link that is over', async () => {
    const token = await link(-1);

    await expect(createFirstOwner({ ...OWNER, token }, randomUUID())).rejects.toMatchObject({ code: 'gone' });
  });

  test('lets an address try some times only', async () => {
    const address = randomUUID();
    const codes: string[] = [];

    for (let count = 0; count < 21; count += 1) {
      await createFirstOwner({ ...OWNER, token: 'not-the-link' }, address).catch(({ code }) => codes.push(code));
    }

    expect(codes.filter((code) => code === 'gone')).toHaveLength(20);
    expect(codes.at(-1)).toBe('rate_limited');
  });

  test('keeps the account when the repository named at start cannot be registered', async () => {
    const token = await link();
    await db().setupLink.updateMany({ data: { repositoryUrl: 'ext::sh' } });

    const made = await createFirstOwner({ ...OWNER, token }, randomUUID());

    expect(made.projectId).toBeNull();
    expect(await db().user.count()).toBe(1);
  });
});

describe('a person', () => {
  test('keeps each preference until it is chosen anew', async () => {
    const { userId, teamId } = await person();
    const ctx = asking(userId, teamId);

    await updatePreferences(ctx, { language: 'ja' });
    const me = await updatePreferences(ctx, { theme: 'dark' });

    expect(me).toMatchObject({ language: 'ja', theme: 'dark', teams: [{ teamId, role: 'owner' }] });
  });

  test('sees of their teams only those they ask with', async () => {
    const { userId, teamId } = await person();
    const other = await createTeam();
    await db().membership.create({ data: { userId, teamId: other.teamId, role: 'viewer' } });

    const me = await getMe(asking(userId, teamId));

    expect(me.teams.map((team) => team.teamId)).toEqual([teamId]);
  });

  test('ends their own sessions and nobody else’s', async () => {
    const [own, other] = [await person(), await person()];
    for (const { userId } of [own, own, other]) await db().$transaction((tx) => createSession(tx, userId));

    await endSessions(asking(own.userId, own.teamId));

    const left = await db().session.findMany();
    expect(left.map(({ userId }) => userId)).toEqual([other.userId]);
    expect(await db().auditLogEntry.count({ where: { action: 'session.ended', actorId: own.userId } })).toBe(1);
  });
});

async function link(days = 1): Promise<string> {
  const token = createLinkValue();
  const expiresAt = new Date(Date.now() + days * 24 * 3600_000);
  await db().setupLink.create({ data: { tokenHash: hashSecret(token), expiresAt } });
  return token;
}

function person() {
  const parts = { email: `${randomUUID()}@example.org`, name: 'Person', teamName: 'Team', passwordHash: 'none' };
  return db().$transaction((tx) => createOwner(tx, parts));
}

function asking(userId: string, teamId: string) {
  const roles = new Map([[teamId, 'owner' as const]]);
  return createContext({ userId, roles, requestId: randomUUID(), log: logger() });
}
