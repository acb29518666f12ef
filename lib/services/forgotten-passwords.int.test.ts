import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { app } from '@/lib/api/app';
import { verifyPassword } from '@/lib/auth/passwords';
import { closeDb, db } from '@/lib/db/client';
import { messagesIn } from '@/lib/i18n/messages';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { linkIn, type MailServer, startMailServer } from '@/tests/support/mail-server';
import { createPerson, newTeam, PASSWORD, type TestPerson } from '@/tests/support/people';
import { passwordMailsEnd } from './forgotten-passwords';
import { createServiceAccount } from './members';
import { createPasswordResetFor, resetPassword } from './passwords';

const NEW = 'another password';

let database: TestDatabase;
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer();
  process.env.SMTP_URL = `smtp://127.0.0.1:${server.port}`;
  process.env.MAIL_FROM = 'elder@example.com';
  database = await testDatabase();
});

afterAll(async () => {
  await passwordMailsEnd();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

interface Asked {
  language?: string;
  client?: string;
}

/** As somebody does who is not signed in; by default everybody asks from an address of their own. */
function ask(email: string, { language, client = randomUUID() }: Asked = {}) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, language }),
  };
  return app.request('/api/v1/password-resets', request, { clientAddress: client });
}

async function mailsTo(email: string) {
  await passwordMailsEnd();
  return server.to(email);
}

/** Has a link mailed and gives its value. */
async function linkFor(person: TestPerson): Promise<string> {
  await ask(person.email);
  const link = linkIn((await mailsTo(person.email)).at(-1), '/reset/');
  return link.slice(link.lastIndexOf('/') + 1);
}

const use = (token: string) => resetPassword(randomUUID(), token, { password: NEW });
const hasPassword = async ({ userId }: TestPerson, password: string) =>
  verifyPassword((await db().user.findUniqueOrThrow({ where: { id: userId } })).passwordHash, password);

async function everyKind() {
  const teamId = await newTeam();
  const owner = await createPerson({ [teamId]: 'owner' });
  const service = await createServiceAccount(await owner.ask(), teamId, { name: 'Robot', role: 'viewer' });
  const robot = await db().user.findUniqueOrThrow({ where: { id: service.userId } });
  const without = await createPerson({ [teamId]: 'member' });
  await db().user.update({ where: { id: without.userId }, data: { passwordHash: null } });
  const unknown = `${randomUUID()}@example.org`;
  return { owner, emails: [owner.email, unknown, robot.email, without.email] };
}

describe('who forgot their password', () => {
  test('gets a link to their own mailbox that sets a new one, in several teams too', async () => {
    const person = await createPerson({ [await newTeam()]: 'member', [await newTeam()]: 'owner' });

    const answer = await ask(person.email.toUpperCase(), { client: '198.51.100.9' });

    expect([answer.status, await answer.json()]).toEqual([202, { isMailSetUp: true }]);
    const [mail, ...more] = await mailsTo(person.email);
    expect(more).toEqual([]);
    expect(mail?.recipients).toEqual([person.email]);
    const link = linkIn(mail, '/reset/');
    await use(link.slice(link.lastIndexOf('/') + 1));
    expect(await hasPassword(person, NEW)).toBe(true);
    const log = await db().auditLogEntry.findMany({ where: { target: person.userId }, orderBy: { id: 'asc' } });
    expect(log.map(({ action, actorId, teamId, address }) => [action, actorId, teamId, address])).toEqual([
      ['password_reset.created', null, null, '198.51.100.9'],
      ['password.reset', person.userId, null, expect.any(String)],
    ]);
  });

  test.each([
    ['ja', 'en', 'ja'],
    ['en', 'ja', 'en'],
    [null, 'ja', 'ja'],
    [null, undefined, 'en'],
  ] as const)(
    'reads it in the language they chose (%s), else that of the browser (%s): %s',
    async (own, asked, expected) => {
      const person = await createPerson();
      await db().user.update({ where: { id: person.userId }, data: { language: own } });

      await ask(person.email, asked && { language: asked });

      const [mail] = await mailsTo(person.email);
      expect(mail?.parsed.subject).toBe(messagesIn(expected).mail.password.subject);
    },
  );
});

describe('accounts', () => {
  test('are not told apart by the answer, and only a person with a password gets a letter', async () => {
    const { owner, emails } = await everyKind();
    const before = server.mails.length;

    const answers = [];
    for (const email of emails) {
      const answer = await ask(email);
      const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id');
      answers.push({ status: answer.status, headers, text: await answer.text() });
    }

    expect(answers).toEqual(Array(4).fill(answers[0]));
    await passwordMailsEnd();
    expect(server.mails.slice(before).map(({ recipients }) => recipients)).toEqual([[owner.email]]);
  });

  test('are not told apart by the time: answers do not wait for the database', async () => {
    const { owner, emails } = await everyKind();

    await db().$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE users IN ACCESS EXCLUSIVE MODE`;
      const statuses = await Promise.all(emails.map(async (email) => (await ask(email)).status));
      expect(statuses).toEqual([202, 202, 202, 202]);
      expect(server.to(owner.email)).toEqual([]);
    });

    expect(await mailsTo(owner.email)).toHaveLength(1);
  });
});

describe('links that were mailed', () => {
  test('stay good when somebody asks again, and all end when one is used', async () => {
    const person = await createPerson();
    const byOperator = await createPasswordResetFor(person.email);
    const [first, second] = [await linkFor(person), await linkFor(person)];

    await use(first);

    for (const token of [first, second, byOperator?.link.split('/').at(-1) ?? '']) {
      await expect(use(token)).rejects.toMatchObject({ code: 'gone' });
    }
  });

  test('set one password when two are used at the same moment', async () => {
    const person = await createPerson();
    const tokens = [await linkFor(person), await linkFor(person)];

    const ends = await Promise.allSettled(tokens.map(use));

    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'gone' } });
  });

  test('change nothing until they are used', async () => {
    const person = await createPerson();

    await linkFor(person);

    expect(await hasPassword(person, PASSWORD)).toBe(true);
  });
});

describe('limits', () => {
  test('a mailbox gets three letters an hour, and more are dropped without a word', async () => {
    const person = await createPerson();

    const statuses = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await ask(person.email)).status);

    expect(statuses).toEqual([202, 202, 202, 202, 202]);
    expect(await mailsTo(person.email)).toHaveLength(3);
  });

  test('a client asks twenty times in a quarter of an hour, for whomever', async () => {
    const client = randomUUID();

    const answers = [];
    for (let count = 0; count < 21; count += 1) answers.push(await ask(`${randomUUID()}@example.org`, { client }));

    expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(answers[20]?.status).toBe(429);
    expect(Number(answers[20]?.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  test('what is no address is refused', async () => {
    for (const email of ['nobody', 'a@example.org\r\nBcc: b@example.org', '']) {
      expect((await ask(email)).status).toBe(400);
    }
  });

  test('a letter that the mail server refuses changes no answer', async () => {
    const person = await createPerson();
    const email = `refused-${person.email}`;
    await db().user.update({ where: { id: person.userId }, data: { email } });

    expect((await ask(email)).status).toBe(202);
    expect(await mailsTo(email)).toEqual([]);
  });
});
