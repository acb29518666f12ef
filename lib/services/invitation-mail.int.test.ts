import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { messagesIn } from '@/lib/i18n/messages';
import { createLogger } from '@/lib/logger';
import { LANGUAGES } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { linkIn, type MailServer, startMailServer } from '@/tests/support/mail-server';
import { createPerson, newTeam } from '@/tests/support/people';
import { signUpByInvitation } from './invitation-links';
import { createInvitation, listInvitations } from './invitations';

const LOGIN = { user: 'elder', password: 'hunter2' };

let database: TestDatabase;
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer({ login: LOGIN });
  process.env.SMTP_URL = `smtp://${LOGIN.user}:${LOGIN.password}@127.0.0.1:${server.port}`;
  process.env.MAIL_FROM = 'Ancient Elder <elder@example.com>';
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const newEmail = () => `${randomUUID()}@example.org`;
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1);
async function ownedTeam() {
  const teamId = await newTeam();
  return { teamId, owner: await createPerson({ [teamId]: 'owner' }) };
}

describe.each(LANGUAGES)('an invitation in %s', (language) => {
  test('is mailed to the address with a link that brings the person in', async () => {
    const { teamId, owner } = await ownedTeam();
    const email = newEmail();

    const made = await createInvitation(await owner.ask(), teamId, { email, role: 'member', language });

    const [mail, ...more] = server.to(email);
    const texts = messagesIn(language);
    expect([made.mailed, made.link, more]).toEqual([true, null, []]);
    expect(mail?.recipients).toEqual([email]);
    expect(mail?.parsed.subject).toBe(texts.mail.invitation.subject('Team'));
    expect(mail?.parsed.text).toContain(texts.mail.invitation.lead('Person', 'Team', texts.access.roles.member));
    const link = linkIn(mail, '/invite/');
    expect(mail?.parsed.html).toContain(`href="${link}"`);
    const joined = await signUpByInvitation(
      { address: randomUUID(), token: tokenOf(link) },
      { name: 'Kai', password: 'long enough' },
    );
    expect(joined).toMatchObject({ teamId, role: 'member' });
  });
});

test('the language is that of who invites, unless it is said', async () => {
  const { teamId, owner } = await ownedTeam();
  await db().user.update({ where: { id: owner.userId }, data: { language: 'ja' } });
  const [plain, said] = [newEmail(), newEmail()];

  await createInvitation(await owner.ask(), teamId, { email: plain, role: 'viewer' });
  await createInvitation(await owner.ask(), teamId, { email: said, role: 'viewer', language: 'en' });

  const languages = [plain, said].map((to) => server.to(to)[0]?.parsed.headers.get('content-language'));
  expect(languages).toEqual(['ja', 'en']);
});

describe('a failure', () => {
  /** Asks as the owner and keeps what is logged meanwhile. */
  async function inviteLogged(email: string) {
    const { teamId, owner } = await ownedTeam();
    const lines: string[] = [];
    const log = createLogger({ level: 'info', format: 'json', write: (line) => void lines.push(line) });
    const ctx = { ...(await owner.ask()), log };
    const made = await createInvitation(ctx, teamId, { email, role: 'member' });
    return { teamId, owner, made, lines };
  }

  test('of the mail server loses no invitation; the log has its status and no secret', async () => {
    const { teamId, owner, made, lines } = await inviteLogged(`refused-${newEmail()}`);

    expect(made.mailed).toBe(false);
    expect(made.link).toBeNull();
    expect((await listInvitations(await owner.ask(), teamId)).items).toHaveLength(1);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', msg: 'invitation was not mailed', code: 'unavailable', failure: 'EENVELOPE', smtpStatus: 550 },
    ]);
    expect(lines.join('')).not.toMatch(new RegExp(`${LOGIN.password}|/invite/|refused-`));
  });

  test('to answer keeps nobody waiting for more than fifteen seconds', async () => {
    const begun = performance.now();

    const { teamId, owner, made } = await inviteLogged(`silent-${newEmail()}`);

    expect([made.mailed, made.link]).toEqual([false, null]);
    expect(performance.now() - begun).toBeGreaterThan(14_000);
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect((await listInvitations(await owner.ask(), teamId)).items).toMatchObject([{ email: made.email }]);
  });
});

test('a mailbox gets three invitations an hour over all teams, however its address is written', async () => {
  const name = randomUUID();
  const mailed: (boolean | null)[] = [];

  for (const tag of ['', '+a', '+b', '+c']) {
    const { teamId, owner } = await ownedTeam();
    const request = { email: `${name}${tag}@example.org`, role: 'viewer' as const };
    mailed.push((await createInvitation(await owner.ask(), teamId, request)).mailed);
  }

  expect(mailed).toEqual([true, true, true, false]);
  expect(server.mails.filter(({ recipients }) => recipients[0]?.startsWith(name))).toHaveLength(3);
});
