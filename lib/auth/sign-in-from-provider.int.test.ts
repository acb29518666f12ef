import { randomUUID } from 'node:crypto';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { CLIENT, type IdentityProvider, startIdentityProvider } from '@/tests/support/identity-provider';
import { createPerson, newTeam } from '@/tests/support/people';
import { prepareAuthSecret, signInAgain } from '@/tests/support/session-cookie';
import { readCredential } from './credential';
import { findIdentity, forgetIdentities } from './identity';
import { authOptions } from './options';

const COOKIE = 'next-auth.session-token';
const ORIGIN = 'http://127.0.0.1:3000';
const REFUSED = '/sign-in?error=provider';

let database: TestDatabase;
let provider: IdentityProvider;

beforeAll(async () => {
  prepareAuthSecret();
  provider = await startIdentityProvider();
  Object.assign(process.env, {
    NEXTAUTH_URL: ORIGIN,
    OIDC_ISSUER: provider.url,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    GITHUB_URL: provider.url,
    GITHUB_CLIENT_ID: CLIENT.id,
    GITHUB_CLIENT_SECRET: CLIENT.secret,
  });
  database = await testDatabase();
});

beforeEach(() => {
  const sub = randomUUID();
  provider.person = { sub, name: 'Kai', email: `${sub}@example.org`, email_verified: true };
  provider.emails = [];
  provider.emailsMovedTo = null;
  provider.forged = {};
  provider.hasForgedKey = false;
});

afterAll(async () => {
  await closeDb();
  await provider[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function invite(email = ''): Promise<void> {
  const teamId = await newTeam();
  const { userId: invitedById } = await createPerson({ [teamId]: 'owner' });
  const expiresAt = new Date(Date.now() + 60_000);
  await db().invitation.create({
    data: { teamId, email, role: 'member', tokenHash: randomUUID(), invitedById, expiresAt },
  });
}

/** An account that the provider's person has connected before. */
async function connected(): Promise<string> {
  const { userId } = await createPerson();
  const identity = { provider: provider.url, subject: provider.person.sub, label: 'Kai' };
  await db().identity.create({ data: { ...identity, userId } });
  return userId;
}

const identitiesOf = (userId: string) => db().identity.findMany({ where: { userId }, select: { subject: true } });

describe('signing in from a provider', () => {
  test('opens a session of the person who connected the identity, and asks with state, nonce and PKCE', async () => {
    const userId = await connected();
    const browser = openBrowser();

    const asked = await browser.start('oidc');
    const location = await browser.comeBack('oidc', await atProvider(asked));

    const query = new URL(asked).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect([query.get('state'), query.get('nonce'), query.get('code_challenge')]).toEqual(
      Array(3).fill(expect.stringMatching(/^[\w-]{20,}$/)),
    );
    expect(location).toBe(`${ORIGIN}/projects`);
    expect(await browser.userId()).toBe(userId);
    const log = await db().auditLogEntry.findMany({ where: { actorId: userId } });
    expect(log).toMatchObject([{ action: 'session.created', detail: { provider: provider.url } }]);
  });

  test('never finds an account by its e-mail alone', async () => {
    const person = await createPerson();
    provider.person.email = person.email;
    await invite(person.email);
    const browser = openBrowser();

    expect(await browser.signIn('oidc')).toBe(REFUSED);

    expect(await browser.userId()).toBeNull();
    expect(await identitiesOf(person.userId)).toEqual([]);
  });

  test('makes an account for a verified address that was invited, without a password', async () => {
    await invite(provider.person.email);
    const browser = openBrowser();

    await browser.signIn('oidc');

    const user = await db().user.findUniqueOrThrow({ where: { email: provider.person.email ?? '' } });
    expect(user).toMatchObject({ name: 'Kai', passwordHash: null });
    expect(await browser.userId()).toBe(user.id);
    expect(await identitiesOf(user.id)).toEqual([{ subject: provider.person.sub }]);
  });

  test.each([
    ['nobody invited', async () => undefined],
    [
      'that the provider does not vouch for',
      async () => {
        await invite(provider.person.email);
        provider.person.email_verified = false;
      },
    ],
    [
      'of which the provider does not say that it is verified',
      async () => {
        await invite(provider.person.email);
        provider.person = { ...provider.person, email_verified: undefined };
      },
    ],
  ])('lets nobody in with an address %s', async (_, prepare) => {
    await prepare();
    const people = await db().user.count();
    const browser = openBrowser();

    expect(await browser.signIn('oidc')).toBe(REFUSED);

    expect([await browser.userId(), await db().user.count()]).toEqual([null, people]);
  });

  test.each([
    ['another nonce', { forged: { nonce: 'of another sign-in' } }],
    ['another audience', { forged: { aud: 'somebody else' } }],
    ['another issuer', { forged: { iss: 'https://example.org' } }],
    ['a time that is over', { forged: { exp: 1 } }],
    ['a key that was not published', { hasForgedKey: true }],
  ])('takes no ID token with %s', async (_, forgery) => {
    await connected();
    Object.assign(provider, forgery);
    const browser = openBrowser();

    expect(await browser.signIn('oidc')).toContain('error=OAuthCallback');

    expect(await browser.userId()).toBeNull();
  });

  test('takes no answer to a question of another browser', async () => {
    await connected();
    const [own, other] = [openBrowser(), openBrowser()];
    await other.start('oidc');
    const answer = await atProvider(await own.start('oidc'));

    expect(await other.comeBack('oidc', answer)).toContain('error=OAuthCallback');
    expect(await openBrowser().comeBack('oidc', answer)).toContain('error=OAuthCallback');

    expect(await other.userId()).toBeNull();
  });
});

describe('connecting', () => {
  test('takes somebody who is signed in, whose session is a new one afterwards', async () => {
    const person = await createPerson();
    const before = await signInAgain(person.userId);
    const browser = openBrowser(jarOf(before.cookie));

    await browser.signIn('oidc');

    expect(await identitiesOf(person.userId)).toEqual([{ subject: provider.person.sub }]);
    expect(await browser.userId()).toBe(person.userId);
    expect(await db().session.count({ where: { id: before.sessionId } })).toBe(0);
    const log = await db().auditLogEntry.findMany({ where: { actorId: person.userId }, orderBy: { id: 'asc' } });
    expect(log.map(({ action }) => action)).toEqual(['identity.connected', 'session.created', 'session.ended']);
  });

  test('does not take an identity away from another account', async () => {
    const [owner, person] = [await connected(), await createPerson()];
    const browser = openBrowser(jarOf((await signInAgain(person.userId)).cookie));

    expect(await browser.signIn('oidc')).toBe('/account?error=provider');

    expect(await browser.userId()).toBe(person.userId);
    expect(await identitiesOf(owner)).toHaveLength(1);
    expect(await identitiesOf(person.userId)).toEqual([]);
  });
});

describe('GitHub', () => {
  test('is believed for the primary address when it is verified, not for the one of the profile', async () => {
    const email = provider.person.email ?? '';
    await invite(email);
    await invite('any@example.org');
    provider.emails = [{ email, primary: true, verified: false }];
    const refused = openBrowser();

    expect(await refused.signIn('github')).toBe(REFUSED);
    provider.emails = [{ email: email.toUpperCase(), primary: true, verified: true }];
    const browser = openBrowser();
    await browser.signIn('github');

    const user = await db().user.findUniqueOrThrow({ where: { email } });
    expect(await browser.userId()).toBe(user.id);
    expect(await db().user.count({ where: { email: 'any@example.org' } })).toBe(0);
  });

  test('is asked for addresses with the token where it stands, and nowhere that it points to', async () => {
    const email = provider.person.email ?? '';
    await invite(email);
    provider.emails = [{ email, primary: true, verified: true }];
    provider.emailsMovedTo = `${provider.url}/moved/emails`;
    const browser = openBrowser();

    expect(await browser.signIn('github')).toContain('error=OAuthCallback');

    expect(await browser.userId()).toBeNull();
  });
});

/** What the provider redirects the browser to. */
async function atProvider(address: string): Promise<Record<string, string>> {
  const answer = await fetch(address, { redirect: 'manual' });
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
}

function jarOf(cookie: string): Map<string, string> {
  const at = cookie.indexOf('=');
  return new Map([[cookie.slice(0, at), cookie.slice(at + 1)]]);
}

/** Keeps cookies and speaks with the library behind `/api/auth`. */
function openBrowser(jar = new Map<string, string>()) {
  const send = async (method: string, nextauth: string[], query: object, body: Record<string, string> = {}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const request = {
      method,
      headers: { cookie },
      cookies: Object.fromEntries(jar),
      query: { nextauth, ...query },
      body,
    };
    const answer = await authAnswer(request, cookie);
    for (const line of answer.setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, decodeURIComponent(value));
    }
    return answer;
  };
  const start = async (id: string) => {
    const { csrfToken } = (await send('GET', ['csrf'], {})).body as { csrfToken: string };
    const fields = { csrfToken, callbackUrl: '/projects', json: 'true' };
    return ((await send('POST', ['signin', id], {}, fields)).body as { url: string }).url;
  };
  const comeBack = async (id: string, query: object) => (await send('GET', ['callback', id], query)).location;
  return {
    start,
    comeBack,
    signIn: async (id: string) => comeBack(id, await atProvider(await start(id))),
    userId: async () => {
      forgetIdentities();
      const credential = await readCredential({ authorization: null, cookie: `${COOKIE}=${jar.get(COOKIE)}` });
      return (credential && (await findIdentity(credential))?.userId) ?? null;
    },
  };
}

interface AuthAnswer {
  setCookies: string[];
  location: string | null;
  body: unknown;
}

async function authAnswer(request: object, cookie: string): Promise<AuthAnswer> {
  const headers = new Map<string, unknown>();
  const answer: AuthAnswer = { setCookies: [], location: null, body: null };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: unknown) => {
      headers.set(name, value);
      return response;
    },
    json: (body: unknown) => {
      answer.body = body;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  const options = authOptions(new Headers({ cookie }));
  await NextAuth(request as NextApiRequest, response as unknown as NextApiResponse, options);
  const location = (headers.get('Location') ?? null) as string | null;
  return { ...answer, location, setCookies: (headers.get('Set-Cookie') ?? []) as string[] };
}
