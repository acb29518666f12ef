import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createPerson, newTeam, PASSWORD, type TestPerson } from '@/tests/support/people';
import { prepareAuthSecret, signInAgain } from '@/tests/support/session-cookie';
import { app } from './app';

let database: TestDatabase;

beforeAll(async () => {
  prepareAuthSecret();
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** Calls the API as a browser does; nobody is signed in without a person. */
async function browserOf(person: TestPerson | null) {
  const cookie = person ? (await signInAgain(person.userId)).cookie : null;
  return async (method: string, path: string, body?: unknown) => {
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  };
}

test('where no mail is set up, who forgot a password is told so', async () => {
  const nobody = await browserOf(null);

  const answer = await nobody('POST', '/password-resets', { email: 'nobody@example.org' });

  expect(answer).toEqual({ status: 202, body: { isMailSetUp: false } });
});

const lastPart = (link: string) => link.slice(link.lastIndexOf('/') + 1);

test('a person without a team makes one, and another joins, is made an admin and leaves', async () => {
  const [founder, guest] = [await createPerson(), await createPerson()];
  const [own, other] = [await browserOf(founder), await browserOf(guest)];

  const made = await own('POST', '/teams', { teamName: 'Kitchen' });
  expect(made).toEqual({ status: 201, body: { teamId: expect.any(String), teamName: 'Kitchen', role: 'owner' } });
  const team = `/teams/${made.body.teamId}`;
  const invited = await own('POST', `${team}/invitations`, { email: guest.email, role: 'viewer' });
  const link = `/invitations/${lastPart(invited.body.link)}`;

  expect(await other('GET', link)).toMatchObject({ status: 200, body: { asker: 'invited', teamName: 'Kitchen' } });
  expect(await other('GET', `${team}/members`)).toMatchObject({ status: 404 });
  expect(await other('POST', `${link}/accept`)).toMatchObject({ status: 200, body: { role: 'viewer' } });
  expect((await other('GET', `${team}/members`)).body.items).toHaveLength(2);
  expect(await other('GET', `${team}/tokens`)).toMatchObject({ status: 403 });
  expect(await own('PATCH', `${team}/members/${guest.userId}`, { role: 'admin' })).toMatchObject({ status: 200 });
  expect(await other('GET', `${team}/tokens`)).toMatchObject({ status: 200 });
  expect(await other('DELETE', `${team}/members/${guest.userId}`)).toMatchObject({ status: 204 });
  expect(await other('GET', `${team}/members`)).toMatchObject({ status: 404 });
  expect(await own('DELETE', `${team}/members/${founder.userId}`)).toMatchObject({ status: 409 });
  expect(await own('DELETE', team)).toMatchObject({ status: 204 });
  expect((await own('GET', '/teams')).body).toEqual({ items: [] });
});

test('somebody makes an account by a link, and chooses another password by one of the owner', async () => {
  const teamId = await newTeam();
  const owner = await browserOf(await createPerson({ [teamId]: 'owner' }));
  const nobody = await browserOf(null);
  const email = `${teamId}@example.org`;
  const invited = await owner('POST', `/teams/${teamId}/invitations`, { email, role: 'member' });
  const link = `/invitations/${lastPart(invited.body.link)}`;

  expect(await nobody('GET', link)).toMatchObject({ status: 200, body: { asker: 'nobody' } });
  expect(await nobody('POST', `${link}/accept`)).toMatchObject({ status: 401 });
  expect(await nobody('POST', `${link}/sign-up`, { name: 'Kai', password: 'short' })).toMatchObject({ status: 400 });
  expect(await nobody('POST', `${link}/sign-up`, { name: 'Kai', password: PASSWORD })).toMatchObject({ status: 201 });
  const { items } = (await owner('GET', `/teams/${teamId}/members`)).body;
  const { userId } = items.find((member: { email: string }) => member.email === email);

  const made = await owner('POST', `/teams/${teamId}/members/${userId}/password-reset`);
  const reset = `/password-resets/${lastPart(made.body.link)}`;
  expect(await nobody('GET', reset)).toMatchObject({ status: 200, body: { email } });
  expect(await nobody('POST', reset, { password: 'another password' })).toMatchObject({ status: 204 });
  expect(await nobody('POST', reset, { password: 'another password' })).toMatchObject({ status: 410 });
});

test('a password is changed in one browser, and the other one of the person is signed out', async () => {
  const person = await createPerson();
  const [here, there] = [await browserOf(person), await browserOf(person)];
  const change = { currentPassword: PASSWORD, newPassword: 'another password' };

  expect(await here('POST', '/me/password', { ...change, currentPassword: 'wrong' })).toMatchObject({ status: 422 });
  expect((await here('GET', '/me/sessions')).body.items).toHaveLength(2);
  expect(await here('POST', '/me/password', change)).toMatchObject({ status: 204 });

  expect(await there('GET', '/me')).toMatchObject({ status: 401 });
  const { items } = (await here('GET', '/me/sessions')).body;
  expect(items).toMatchObject([{ isCurrent: true }]);
});
