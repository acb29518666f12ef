import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { changesOf, createPerson, type TestPerson } from '@/tests/support/people';
import { disconnectIdentity, listIdentities } from './identities';

const ISSUER = 'https://id.example.org';

let database: TestDatabase;

beforeAll(async () => {
  Object.assign(process.env, {
    OIDC_ISSUER: ISSUER,
    OIDC_CLIENT_ID: 'elder',
    OIDC_CLIENT_SECRET: 'x',
    OIDC_NAME: 'Keys',
  });
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function connect({ userId }: TestPerson, provider = ISSUER): Promise<string> {
  const { id } = await db().identity.create({ data: { userId, provider, subject: randomUUID(), label: 'Kai' } });
  return id;
}

test('identities of one’s own are listed by the name of their provider, and one is disconnected', async () => {
  const [person, other] = [await createPerson(), await createPerson()];
  const [known, gone, foreign] = [
    await connect(person),
    await connect(person, 'https://old.example.org'),
    await connect(other),
  ];
  const ctx = await person.ask();

  const { items, providers, hasPassword } = await listIdentities(ctx);
  await disconnectIdentity(ctx, known);

  expect(items.map(({ identityId, provider, label }) => [identityId, provider, label])).toEqual([
    [known, 'Keys', 'Kai'],
    [gone, 'https://old.example.org', 'Kai'],
  ]);
  expect([providers, hasPassword]).toEqual([[{ id: 'oidc', name: 'Keys' }], true]);
  expect((await listIdentities(ctx)).items.map(({ identityId }) => identityId)).toEqual([gone]);
  expect((await changesOf(null, person.userId)).map(({ action }) => action)).toEqual(['identity.disconnected']);
  await expect(disconnectIdentity(ctx, foreign)).rejects.toMatchObject({ code: 'not_found' });
});

test('the last way to sign in stays, also when two are disconnected at the same moment', async () => {
  const person = await createPerson();
  await db().user.update({ where: { id: person.userId }, data: { passwordHash: null } });
  const ids = [await connect(person), await connect(person)];
  const ctx = await person.ask();

  const ends = await Promise.allSettled(ids.map((id) => disconnectIdentity(ctx, id)));

  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await db().identity.count({ where: { userId: person.userId } })).toBe(1);
});

test('a token neither sees nor changes them', async () => {
  const person = await createPerson();
  const id = await connect(person);
  const ctx = await person.ask({ scopes: ['read', 'write', 'admin'] });

  await expect(listIdentities(ctx)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(disconnectIdentity(ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
});
