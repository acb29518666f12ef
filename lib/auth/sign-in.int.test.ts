import { randomUUID } from 'node:crypto';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { prepareAuthSecret } from '@/tests/support/session-cookie';
import { readCredential } from './credential';
import { findIdentity, forgetIdentities } from './identity';
import { authOptions } from './options';
import { hashPassword } from './passwords';
import { endSessionsOf } from './sessions';
import { signInWithPassword } from './sign-in';

const PASSWORD = 'correct horse';
const COOKIE = 'next-auth.session-token';
const ORIGIN = 'http://127.0.0.1:3000';

let database: TestDatabase;
let passwordHash: string;
let person: { id: string; email: string };

beforeAll(async () => {
  prepareAuthSecret();
  process.env.NEXTAUTH_URL = ORIGIN;
  database = await testDatabase();
  passwordHash = await hashPassword(PASSWORD);
});

beforeEach(async () => {
  const email = `${randomUUID()}@example.org`;
  person = await db().user.create({ data: { email, name: 'Rin', passwordHash } });
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

describe('the cookie of a session', () => {
  test('is for this site, out of reach of scripts, and tells nobody whose it is', async () => {
    const browser = openBrowser();

    const answer = await browser.signIn();

    const line = answer.setCookies.find((one) => one.startsWith(`${COOKIE}=`));
    expect(line).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(line).not.toContain('Rin');
    expect(await browser.userId()).toBe(person.id);
  });

  test('that was taken before signing out is worth nothing after it', async () => {
    const browser = openBrowser();
    await browser.signIn();
    const taken = browser.copy();

    await browser.signOut();

    expect([await browser.userId(), await taken.userId()]).toEqual([null, null]);
    expect(await taken.session()).toEqual({});
    expect(taken.cookie()).toBeUndefined();
    const log = await db().auditLogEntry.findMany({ where: { actorId: person.id }, orderBy: { id: 'asc' } });
    expect(log.map(({ action }) => action)).toEqual(['session.created', 'session.ended']);
  });

  test('is another one after signing in again, and the one before is over', async () => {
    const browser = openBrowser();
    await browser.signIn();
    const before = browser.copy();

    await browser.signIn();

    expect([await before.userId(), await browser.userId()]).toEqual([null, person.id]);
  });

  test('of another browser stays when one signs out, and ends with all', async () => {
    const [own, other] = [openBrowser(), openBrowser()];
    await own.signIn();
    await other.signIn();

    await own.signOut();
    const between = await other.userId();
    await endSessionsOf(person.id);

    expect([between, await other.userId()]).toEqual([person.id, null]);
  });

  test('is worth nothing when the person is gone', async () => {
    const browser = openBrowser();
    await browser.signIn();

    await db().user.delete({ where: { id: person.id } });
    forgetIdentities();

    expect(await browser.userId()).toBeNull();
  });

  test('is worth nothing after its time, however often it was renewed', async () => {
    const browser = openBrowser();
    await browser.signIn();

    await db().session.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    forgetIdentities();

    expect(await browser.userId()).toBeNull();
  });

  test('is not made without the token of the form', async () => {
    const browser = openBrowser();

    await browser.signIn({ csrfToken: 'guessed' });

    expect(browser.cookie()).toBeUndefined();
    expect(await db().session.count({ where: { userId: person.id } })).toBe(0);
  });

  test('stays when another site asks to sign out', async () => {
    const browser = openBrowser();
    await browser.signIn();

    await browser.signOut({ csrfToken: 'guessed' });

    expect(await browser.userId()).toBe(person.id);
  });
});

describe('guessing passwords', () => {
  test('ends for an account after ten from one network, even with the right one, and locks nobody out elsewhere', async () => {
    const tries: unknown[] = [];
    for (let count = 0; count < 10; count += 1) tries.push(await trying('wrong password', `2001:db8::${count}`));

    const there = await trying(PASSWORD, '2001:db8::ffff');
    const elsewhere = await trying(PASSWORD, '198.51.100.1');

    expect([...new Set(tries), there]).toEqual([null, null]);
    expect(elsewhere).toMatchObject({ id: person.id });
    expect(await db().auditLogEntry.count({ where: { actorId: person.id, action: 'session.refused' } })).toBe(10);
  });

  test('ends for an account after a hundred from wherever they come', async () => {
    for (let count = 0; count < 100; count += 1) await trying('wrong password', `192.0.2.${count}`);

    expect(await trying(PASSWORD, '198.51.100.1')).toBeNull();
  });

  test('ends for an address after fifty, whatever the account, and leaves other addresses alone', async () => {
    const address = '203.0.113.9';
    for (let count = 0; count < 50; count += 1) {
      await signInWithPassword({ email: `${count}@example.org`, password: 'wrong', address, cookie: null });
    }

    expect(await trying(PASSWORD, address)).toBeNull();
    expect(await trying(PASSWORD, '203.0.113.10')).toMatchObject({ id: person.id });
  });
});

function trying(password: string, address: string) {
  return signInWithPassword({ email: person.email, password, address, cookie: null });
}

/** Keeps cookies and speaks with the library behind `/api/auth`. */
function openBrowser(jar = new Map<string, string>()) {
  const send = async (method: string, nextauth: string[], body: Record<string, string> = {}) => {
    const headers = { cookie: [...jar].map((pair) => pair.join('=')).join('; ') };
    const answer = await authAnswer({ method, headers, cookies: Object.fromEntries(jar), query: { nextauth }, body });
    for (const line of answer.setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, decodeURIComponent(value));
    }
    return answer;
  };
  const post = async (path: string[], fields: Record<string, string> = {}) => {
    const { csrfToken } = (await send('GET', ['csrf'])).body as { csrfToken: string };
    return send('POST', path, { csrfToken, ...fields });
  };
  return {
    signIn: (fields: Record<string, string> = {}) =>
      post(['callback', 'credentials'], { email: person.email, password: PASSWORD, ...fields }),
    signOut: (fields: Record<string, string> = {}) => post(['signout'], fields),
    session: async () => (await send('GET', ['session'])).body,
    cookie: () => jar.get(COOKIE),
    copy: () => openBrowser(new Map(jar)),
    /** Whom the server takes the browser for. */
    userId: async () => {
      const credential = await readCredential({ authorization: null, cookie: `a=b; ${COOKIE}=${jar.get(COOKIE)}` });
      return (credential && (await findIdentity(credential))?.userId) ?? null;
    },
  };
}

interface AuthAnswer {
  setCookies: string[];
  body: unknown;
}

async function authAnswer(request: object): Promise<AuthAnswer> {
  const headers = new Map<string, unknown>();
  const answer: AuthAnswer = { setCookies: [], body: null };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: unknown) => {
      headers.set(name, value);
      return response;
    },
    send: (body: unknown) => {
      answer.body = body;
    },
    end: () => undefined,
  };
  await NextAuth(request as NextApiRequest, response as unknown as NextApiResponse, authOptions());
  return { ...answer, setCookies: (headers.get('Set-Cookie') ?? []) as string[] };
}
