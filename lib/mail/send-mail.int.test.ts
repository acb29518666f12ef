import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '@/tests/support/mail-server';
import { createMailer, type Mail, type MailSettings } from './send-mail';

const FROM = { name: 'Ancient Elder', address: 'elder@example.com' };
const LOGIN = { user: 'elder', password: 'hunter2' };
const MAIL: Mail = {
  to: 'kai@example.org',
  subject: 'Grüße 日本語',
  text: 'Hello.\n',
  html: '<p>Hello.</p>',
  language: 'en',
};

type Server = MailSettings['server'];

function mailerTo(port: number, parts: Partial<Server> = {}, limits?: MailSettings['limits']) {
  const server: Server = { host: '127.0.0.1', port, isSecure: false, isInsecure: false, login: null, ...parts };
  return createMailer({ server, from: FROM, ...(limits && { limits }) });
}

/** Is this machine too, and to the product an address like any other. */
const AWAY = { host: '0.0.0.0' };

const refusalOf = (sending: Promise<void>) =>
  sending.then(
    () => null,
    (error: { code: string; message: string; details?: object; cause?: unknown }) => error,
  );

describe('a message', () => {
  test('arrives as it was written, from us and made by a machine', async () => {
    await using server = await startMailServer();

    await mailerTo(server.port)({ ...MAIL, language: 'ja' });

    const [mail] = server.mails;
    expect(server.mails).toHaveLength(1);
    expect(mail?.recipients).toEqual([MAIL.to]);
    expect(mail?.parsed).toMatchObject({
      subject: MAIL.subject,
      text: MAIL.text,
      html: expect.stringContaining(MAIL.html),
      messageId: expect.stringMatching(/^<[\w.-]+@example\.com>$/),
      from: { value: [FROM] },
      to: { value: [{ address: MAIL.to, name: '' }] },
    });
    expect(Math.abs(Date.now() - (mail?.parsed.date?.getTime() ?? 0))).toBeLessThan(60_000);
    const headers = mail?.parsed.headers;
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(headers?.get('content-language')).toBe('ja');
    expect(headers?.has('x-mailer')).toBe(false);
  });

  test('gets no header and no recipient through what it says', async () => {
    await using server = await startMailServer();
    const subject = 'Invitation to A\r\nBcc: other@example.org\r\n\r\nBody\u2028X: y\u202Eevil';

    await mailerTo(server.port)({ ...MAIL, subject });

    const [mail] = server.mails;
    expect(mail?.recipients).toEqual([MAIL.to]);
    expect(mail?.parsed.subject).toBe('Invitation to A Bcc: other@example.org Body X: y evil');
    expect([mail?.parsed.headers.has('bcc'), mail?.parsed.headers.has('x')]).toEqual([false, false]);
    expect(mail?.parsed.text).toBe(MAIL.text);
  });

  test.each([
    'a@example.org, b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'A <a@example.org>',
    '<a@example.org>',
    'a@example.org>\r\nRCPT TO:<b@example.org',
    'nobody',
    '',
  ])('to %j is not sent: one bare address is', async (to) => {
    await using server = await startMailServer();

    const refusal = await refusalOf(mailerTo(server.port)({ ...MAIL, to }));

    expect(refusal).toMatchObject({ code: 'unprocessable' });
    expect(server.mails).toEqual([]);
  });
});

describe('a server', () => {
  test('that wants a login gets it', async () => {
    await using server = await startMailServer({ login: LOGIN });

    await mailerTo(server.port, { login: LOGIN })(MAIL);

    expect(server.mails).toHaveLength(1);
  });

  test.each([
    ['a wrong one', { user: 'elder', password: 'hunter3' }, 'EAUTH', 535],
    ['none', null, 'EENVELOPE', 530],
  ])(
    'that wants a login and gets %s is told by its status, and nothing of the login',
    async (_, login, kind, status) => {
      await using server = await startMailServer({ login: LOGIN });

      const refusal = await refusalOf(mailerTo(server.port, { login })(MAIL));

      expect(refusal).toMatchObject({ code: 'unavailable', details: { failure: kind, smtpStatus: status } });
      expect(refusal?.cause).toBeUndefined();
      expect(`${JSON.stringify(refusal)}${refusal?.message}`).not.toMatch(/hunter|elder"/);
    },
  );

  test('that refuses the mailbox is told by its status', async () => {
    await using server = await startMailServer();

    const refusal = await refusalOf(mailerTo(server.port)({ ...MAIL, to: 'refused@example.org' }));

    expect(refusal).toMatchObject({ code: 'unavailable', details: { failure: 'EENVELOPE', smtpStatus: 550 } });
  });

  test('that falls silent in the middle is given up', async () => {
    await using server = await startMailServer();
    const begun = performance.now();

    const limits = { connectMs: 5000, wholeMs: 500 };
    const refusal = await refusalOf(mailerTo(server.port, {}, limits)({ ...MAIL, to: 'silent@example.org' }));

    expect(refusal).toMatchObject({ code: 'unavailable', details: { smtpStatus: null } });
    expect(performance.now() - begun).toBeGreaterThan(400);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('that takes the call and says nothing is given up sooner', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const begun = performance.now();

    const refusal = await refusalOf(mailerTo(port, {}, { connectMs: 300, wholeMs: 60_000 })(MAIL));

    expect(refusal).toMatchObject({ code: 'unavailable', details: { failure: 'ETIMEDOUT' } });
    expect(performance.now() - begun).toBeLessThan(10_000);
    silent.close();
  });

  test('that is not there is told', async () => {
    const { port } = await startMailServer().then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });

    expect(await refusalOf(mailerTo(port)(MAIL))).toMatchObject({ code: 'unavailable' });
  });
});

describe('over a network', () => {
  async function outcome(server: MailServer, parts: Partial<Server>) {
    const refusal = await refusalOf(mailerTo(server.port, { login: LOGIN, ...parts })(MAIL));
    return [refusal?.code ?? 'sent', server.mails.length, server.passwords.length];
  }

  test('nothing goes unencrypted, neither letter nor password, unless that was chosen', async () => {
    await using server = await startMailServer({ login: LOGIN });

    expect(await outcome(server, AWAY)).toEqual(['unavailable', 0, 0]);
    expect(await outcome(server, { ...AWAY, isInsecure: true })).toEqual(['sent', 1, 1]);
  });

  test('a certificate must be good unless that was chosen', async () => {
    await using server = await startMailServer({ login: LOGIN, hasStartTls: true });

    expect(await outcome(server, AWAY)).toEqual(['unavailable', 0, 0]);
    expect(await outcome(server, { ...AWAY, isInsecure: true })).toEqual(['sent', 1, 1]);
  });

  test('on one machine neither is asked for', async () => {
    await using plain = await startMailServer({ login: LOGIN });
    await using encrypted = await startMailServer({ login: LOGIN, hasStartTls: true });

    expect(await outcome(plain, {})).toEqual(['sent', 1, 1]);
    expect(await outcome(encrypted, {})).toEqual(['sent', 1, 1]);
  });
});
