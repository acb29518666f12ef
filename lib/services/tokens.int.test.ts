import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { app } from '@/lib/api/app';
import type { Role, Scope } from '@/lib/auth/permissions';
import { hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, newTeam, type TestPerson } from '@/tests/support/people';
import { createServiceAccount, removeMember } from './members';
import { createToken, listTokens, revokeToken } from './tokens';

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

async function make(who: TestPerson, scopes: Scope[] = ['read'], serviceAccountId?: string) {
  const request = { name: 'Pipeline', scopes, expiresInDays: 30, ...(serviceAccountId && { serviceAccountId }) };
  return createToken(await who.ask(), teamId, request);
}

async function service(role: Exclude<Role, 'owner'> = 'member'): Promise<string> {
  return (await createServiceAccount(await owner.ask(), teamId, { name: 'Robot', role })).userId;
}

const statusOf = async (value: string, path = '/teams') =>
  (await app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${value}` } })).status;

describe('a token', () => {
  test('shows its value once, is kept as a hash with how it begins, and expires', async () => {
    const { value, ...view } = await make(admin, ['write', 'read', 'read']);

    const { items } = await listTokens(await owner.ask(), teamId);
    const row = await db().apiToken.findFirstOrThrow({ where: { teamId } });
    expect(value).toMatch(/^elder_[\w-]{32}$/);
    expect(row.tokenHash).toBe(hashSecret(value));
    expect(view).toMatchObject({ start: value.slice(0, 10), scopes: ['write', 'read'], lastUsedAt: null });
    expect(JSON.stringify([items, row, await changesOf(teamId)])).not.toContain(value);
    expect(items).toEqual([{ ...view, holder: { ...view.holder, isYou: false } }]);
    expect(Date.parse(view.expiresAt ?? '') - Date.now()).toBeCloseTo(30 * 24 * 3600_000, -5);
    expect((await changesOf(teamId)).map(({ action }) => action)).toEqual(['token.created']);
  });

  test('is listed until long after it expired', async () => {
    const [recent, old] = [await make(admin, ['read']), await make(admin, ['read'])];
    const expire = (tokenId: string, days: number) =>
      db().apiToken.update({
        where: { id: tokenId },
        data: { expiresAt: new Date(Date.now() - days * 24 * 3600_000) },
      });
    await expire(recent.tokenId, 89);
    await expire(old.tokenId, 91);

    const { items } = await listTokens(await owner.ask(), teamId);

    expect(items.map(({ tokenId, isExpired }) => [tokenId, isExpired])).toEqual([[recent.tokenId, true]]);
  });

  test('is made by admins of the team alone, and a token makes none that reaches further', async () => {
    const member = await createPerson({ [teamId]: 'member' });
    const byToken = await owner.ask({ scopes: ['admin'] });
    const request = { name: 'Pipeline', expiresInDays: 1 };

    await expect(make(member)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(make(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(createToken(byToken, teamId, { ...request, scopes: ['write'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await createToken(byToken, teamId, { ...request, scopes: ['admin'] })).toMatchObject({ scopes: ['admin'] });
  });

  test('works until it is revoked, says when it was used, and is refused at once after that', async () => {
    const { value, tokenId } = await make(admin, ['read']);
    expect(await statusOf(value)).toBe(200);
    expect((await listTokens(await admin.ask(), teamId)).items).toMatchObject([{ lastUsedAt: expect.any(String) }]);

    await revokeToken(await owner.ask(), teamId, tokenId);

    expect(await statusOf(value)).toBe(401);
    expect((await listTokens(await admin.ask(), teamId)).items).toEqual([]);
    expect((await changesOf(teamId)).at(-1)).toMatchObject({ action: 'token.revoked', target: tokenId });
    await expect(revokeToken(await owner.ask(), teamId, tokenId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that another process revoked is refused within five seconds', async () => {
    const { value, tokenId } = await make(admin, ['read']);
    expect(await statusOf(value)).toBe(200);

    await db().apiToken.update({ where: { id: tokenId }, data: { revokedAt: new Date() } });

    await expect.poll(() => statusOf(value), { timeout: 5000, interval: 200 }).toBe(401);
  });

  test('of another team is not found', async () => {
    const { tokenId } = await make(admin);
    const [elsewhere = ''] = (await stranger.ask()).teamIds;

    await expect(revokeToken(await stranger.ask(), elsewhere, tokenId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listTokens(await stranger.ask(), teamId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a token of a service account', () => {
  test('works with the account’s role and scopes, and ends with it', async () => {
    const userId = await service('member');
    const { value } = await make(admin, ['read', 'write'], userId);
    expect([await statusOf(value), await statusOf(value, `/teams/${teamId}/tokens`)]).toEqual([200, 403]);

    await removeMember(await admin.ask(), teamId, userId);

    expect(await statusOf(value)).toBe(401);
  });

  test.each([
    ['viewer', 'write'],
    ['viewer', 'admin'],
    ['member', 'admin'],
  ] as const)('of the role %s has no scope %s', async (role, scope) => {
    await expect(make(owner, [scope], await service(role))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is not made for a person, nor for an account of another team', async () => {
    const [elsewhere = ''] = (await stranger.ask()).teamIds;
    const other = await createServiceAccount(await stranger.ask(), elsewhere, { name: 'Robot', role: 'viewer' });

    await expect(make(owner, ['read'], admin.userId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(make(owner, ['read'], other.userId)).rejects.toMatchObject({ code: 'not_found' });
  });
});
