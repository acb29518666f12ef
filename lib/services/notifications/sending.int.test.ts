import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { messagesIn } from '@/lib/i18n/messages';
import { LANGUAGES } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import type { ChannelRequest } from '@/lib/schemas/channels';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type HookServer, startHookServer } from '@/tests/support/hook-server';
import { linkIn, type MailServer, startMailServer } from '@/tests/support/mail-server';
import { deliver, findingsOf, inMinutes, type NotifiedTeam, notifiedTeam } from '@/tests/support/notified-team';
import { changesOf, createPerson } from '@/tests/support/people';
import { changeChannel, getChannel, rotateChannelSecret } from './channels';
import { answerMailChannel, getMailChannel } from './confirmations';
import { listDeliveries, replayDelivery, testChannel } from './deliveries';

let hooks: HookServer;
let mails: MailServer;
let database: TestDatabase;
let team: NotifiedTeam;
let number = 0;

beforeAll(async () => {
  [hooks, mails] = await Promise.all([startHookServer(), startMailServer()]);
  process.env.ALLOWED_HOSTS = hooks.host;
  process.env.PUBLIC_URL = 'https://elder.example.com';
  process.env.SMTP_URL = `smtp://127.0.0.1:${mails.port}`;
  process.env.MAIL_FROM = 'Ancient Elder <elder@example.com>';
  database = await testDatabase();
});

beforeEach(async () => {
  await db().team.deleteMany();
  await db().outboxJob.deleteMany();
  team = await notifiedTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

/** An address of its own on the server that speaks as the service does. */
const newAddress = (kind: string) => `${hooks.url}/${kind}/${++number}`;
const pathOf = (address: string) => new URL(address).pathname;

async function add(kind: 'slack' | 'discord' | 'teams' | 'webhook', parts: Partial<ChannelRequest> = {}) {
  const address = newAddress(kind);
  const channel = await team.addChannel({ kind, name: `Our ${kind}`, address, ...parts });
  return { ...channel, path: pathOf(address), received: () => hooks.at(pathOf(address)) };
}

const deliveriesOf = async (channelId: string) =>
  (await listDeliveries(await team.admin.ask(), team.teamId, channelId, { limit: 50 })).items;

/** The words of a message, without what holds links and mentions off. */
const wordsOf = (value: unknown) => JSON.stringify(value).replaceAll('\u2060', '').replaceAll('\\\\', '');

describe.each(LANGUAGES)('in %s', (language) => {
  const t = messagesIn(language).notifications.message;

  test.each(['slack', 'discord', 'teams'] as const)('%s hears that the gate turned and what is new', async (kind) => {
    const channel = await add(kind, { language });
    await team.audit([], { score: 95 });
    const auditId = await team.audit(findingsOf('critical', 'pay', 'ship'), { score: 30 });

    expect(await deliver()).toBe(1);

    const [hook] = channel.received();
    expect(await deliveriesOf(channel.channelId)).toMatchObject([{ status: 'delivered', tries: 1, problem: null }]);
    expect(hook?.headers['content-type']).toBe('application/json');
    const words = wordsOf(hook?.body);
    expect(words).toContain(t.gateFailed('checkout-api'));
    expect(words).toContain(t.newFindings('checkout-api', '2'));
    expect(words).toContain('src/pay.ts:2');
    expect(words).toContain(messagesIn(language).common.severity.critical);
    expect(words).toContain(`https://elder.example.com/audits/${auditId}`);
    expect(words).toContain(`https://elder.example.com/projects/${team.projectId}/findings`);
    expect(channel.received()).toHaveLength(1);
  });

  test('mail reaches members and who confirmed, with a way out', async () => {
    const outsider = `out-${number++}-${language}@example.net`;
    const { channelId } = await team.addChannel({
      kind: 'email',
      name: 'Letters',
      emails: [team.admin.email, outsider, 'refused@example.net'],
      language,
    });
    const letter = mails.to(outsider)[0];
    expect(letter?.parsed.subject).toBe(messagesIn(language).notifications.letter.subject('Team'));
    expect(mails.to(team.admin.email)).toHaveLength(0);
    const token = linkIn(letter, '/mail-channel/').split('/').at(-1) ?? '';

    await team.turn('red');
    await deliver();
    expect(mails.to(team.admin.email)).toHaveLength(1);
    expect(mails.to(outsider)).toHaveLength(1);

    expect(await getMailChannel('1.2.3.4', token)).toMatchObject({ email: outsider, state: 'asked' });
    expect(await answerMailChannel('1.2.3.4', token, { wants: true })).toMatchObject({ state: 'confirmed' });
    await team.turn('green');
    await deliver();
    const [, second] = mails.to(outsider);
    expect(second?.parsed.subject).toBe(t.gatePassed('checkout-api'));
    expect(second?.parsed.headers.get('content-language')).toBe(language);
    expect(second?.parsed.text).toContain('https://elder.example.com/audits/');
    expect(second?.parsed.messageId).toMatch(/^<[\da-f-]{36}@example\.com>$/);

    await answerMailChannel('1.2.3.4', linkIn(second, '/mail-channel/').split('/').at(-1) ?? '', { wants: false });
    await team.turn('red');
    await deliver();
    expect(mails.to(outsider)).toHaveLength(2);
    expect(mails.to(team.admin.email)).toHaveLength(3);
    const { emails } = await getChannel(await team.admin.ask(), team.teamId, channelId);
    expect(emails.map(({ state }) => state).sort()).toEqual(['asked', 'member', 'stopped']);
  });
});

test('who leaves the team gets no more letters', async () => {
  const leaver = await createPerson({ [team.teamId]: 'viewer' });
  await team.addChannel({ kind: 'email', name: 'Letters', emails: [leaver.email] });
  await team.turn('red');
  await deliver();

  await db().membership.deleteMany({ where: { userId: leaver.userId } });
  await team.turn('green');
  await deliver();

  expect(mails.to(leaver.email)).toHaveLength(1);
});

test('a webhook is signed, with both secrets for a day after a new one was made', async () => {
  const { channelId, secret, received } = await add('webhook');
  await team.turn('red');
  await deliver();
  const [first] = received();
  const headersOf = (hook = received().at(-1)) => hook?.headers as Record<string, string>;

  expect(new Webhook(secret ?? '').verify(first?.raw ?? '', headersOf(first))).toMatchObject({
    type: 'elder.notices',
    data: {
      team: { id: team.teamId },
      events: [
        {
          type: 'gate_turned',
          project: { id: team.projectId, name: 'checkout-api' },
          data: { gate: 'failed', before: null, health: 40 },
        },
      ],
    },
  });

  const { secret: next } = await rotateChannelSecret(await team.admin.ask(), team.teamId, channelId);
  await team.turn('green');
  await deliver();
  const both = received().at(-1);
  for (const one of [secret ?? '', next])
    expect(() => new Webhook(one).verify(both?.raw ?? '', headersOf())).not.toThrow();

  await db().channel.update({ where: { id: channelId }, data: { previousUntil: new Date() } });
  await team.turn('red');
  await deliver();
  const last = received().at(-1);
  expect(() => new Webhook(next).verify(last?.raw ?? '', headersOf())).not.toThrow();
  expect(() => new Webhook(secret ?? '').verify(last?.raw ?? '', headersOf())).toThrow();
  expect((await changesOf(team.teamId)).map(({ action }) => action)).toContain('channel.rotated');
});

test('addresses and secrets are kept sealed, and are in no answer and no log', async () => {
  const { channelId, secret, path } = await add('webhook');
  const ctx = await team.admin.ask();
  await testChannel(ctx, team.teamId, channelId);

  const row = await db().channel.findFirstOrThrow({ where: { id: channelId } });
  const shown = await getChannel(ctx, team.teamId, channelId);
  const told = JSON.stringify([row, shown, await deliveriesOf(channelId), await changesOf(team.teamId)]);
  expect(told).not.toContain(secret);
  expect(told).not.toContain(path);
  expect(shown.shownAddress).toBe(`http://${hooks.host}/…`);
});

test('a test says exactly what came back', async () => {
  const { channelId, path } = await add('slack');
  const run = async () => testChannel(await team.admin.ask(), team.teamId, channelId);

  expect(await run()).toMatchObject({ isDelivered: true, deliveries: [{ kind: 'test', response: 'ok' }] });
  hooks.answer(path, { status: 404, body: 'no_service<script>' });
  expect(await run()).toMatchObject({
    isDelivered: false,
    deliveries: [
      { status: 'failed', responseStatus: 404, response: 'no_service<script>', problem: 'channel_gone', tries: 1 },
    ],
  });
  expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({ status: 'active' });
  await db().channelRecipient.deleteMany();
  const letters = await team.addChannel({ kind: 'email', name: 'Nobody', emails: ['nobody@example.net'] });
  expect(await testChannel(await team.admin.ask(), team.teamId, letters.channelId)).toMatchObject({
    isDelivered: false,
    deliveries: [{ problem: 'channel_no_recipient' }],
  });
});

describe('what does not arrive', () => {
  test('is tried again, not sooner than the other end asks', async () => {
    const { channelId, path, received } = await add('discord');
    hooks.answer(path, { status: 429, headers: { 'retry-after': '1800' } }, { status: 503 });
    await team.turn('red');
    const start = new Date();
    await deliver(start);

    await deliver(inMinutes(29, start.getTime()));
    expect(received()).toHaveLength(1);
    expect(await deliveriesOf(channelId)).toMatchObject([
      { status: 'waiting', tries: 1, responseStatus: 429, problem: 'channel_unavailable' },
    ]);
    expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({
      problem: { code: 'channel_unavailable', status: 429 },
      failingSince: start.toISOString(),
    });
    await deliver(inMinutes(31, start.getTime()));
    await deliver(inMinutes(33, start.getTime()));
    expect(received()).toHaveLength(3);
    expect(await deliveriesOf(channelId)).toMatchObject([{ status: 'delivered', tries: 3 }]);
    expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({
      problem: null,
      failingSince: null,
    });
  });

  test('is given up after a day', async () => {
    const { channelId, path, received } = await add('webhook');
    hooks.answer(path, ...Array.from({ length: 20 }, () => ({ status: 500 })));
    await team.turn('red');
    const start = Date.now();
    for (let hour = 0; hour <= 30; hour += 0.5) await deliver(inMinutes(hour * 60, start));

    expect(await deliveriesOf(channelId)).toMatchObject([{ status: 'failed', responseStatus: 500 }]);
    expect(received().length).toBeGreaterThanOrEqual(6);
    expect(received().length).toBeLessThanOrEqual(9);
    expect(new Set(received().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test.each([403, 404, 410])(
    'switches the channel off when the answer is %i, and tells admins and owners',
    async (status) => {
      const owner = await createPerson({ [team.teamId]: 'owner' });
      const { channelId, path, received } = await add('teams');
      hooks.answer(path, { status });
      await team.turn('red');
      await deliver();

      expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({
        status: 'disabled',
        problem: { code: 'channel_gone', status },
        disabledAt: expect.any(String),
      });
      expect((await changesOf(team.teamId)).at(-1)).toMatchObject({ action: 'channel.disabled', target: channelId });
      expect(mails.to(owner.email)[0]?.parsed.text).toContain(
        `https://elder.example.com/teams/${team.teamId}/notifications/${channelId}`,
      );
      await team.turn('green');
      await deliver();
      expect(received()).toHaveLength(1);
      await changeChannel(await team.admin.ask(), team.teamId, channelId, { isEnabled: true });
      await team.turn('red');
      await deliver();
      expect(received()).toHaveLength(2);
    },
  );

  test('switches the channel off after five days without success', async () => {
    const { channelId, path } = await add('slack');
    await db().channel.update({
      where: { id: channelId },
      data: { failingSince: new Date(Date.now() - 5 * 24 * 3600_000) },
    });
    hooks.answer(path, { status: 500 });
    await team.turn('red');
    await deliver();

    expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({
      status: 'disabled',
      problem: { code: 'channel_failed', status: 500 },
    });
  });

  test('a mailbox that the mail server refuses is not tried again, others get their letter', async () => {
    const refused = await createPerson({ [team.teamId]: 'viewer' });
    await db().user.update({ where: { id: refused.userId }, data: { email: `refused-${refused.email}` } });
    const { channelId } = await team.addChannel({
      kind: 'email',
      name: 'Letters',
      emails: [`refused-${refused.email}`, team.admin.email],
    });
    await team.turn('red');
    await deliver();

    const rows = await deliveriesOf(channelId);
    expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(1);
    expect(rows.map(({ status, problem }) => [status, problem]).sort()).toEqual([
      ['delivered', null],
      ['failed', 'channel_mail_refused'],
    ]);
    expect(mails.to(team.admin.email)).toHaveLength(1);
  });
});

test('a message of the log is sent again under its id', async () => {
  const { channelId, path, received } = await add('webhook');
  hooks.answer(path, { status: 400, body: 'no' });
  await team.turn('red');
  await deliver();
  const [failed] = await deliveriesOf(channelId);
  expect(failed).toMatchObject({ status: 'failed', problem: 'channel_rejected', response: 'no' });

  await replayDelivery(await team.admin.ask(), team.teamId, channelId, failed?.deliveryId ?? '');
  await deliver();

  expect(await deliveriesOf(channelId)).toMatchObject([
    { status: 'delivered', replayOfId: failed?.deliveryId, messageId: failed?.messageId },
    { status: 'failed' },
  ]);
  const [first, second] = received();
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.body.data).toEqual(first?.body.data);
});

describe('addresses that lead inside', () => {
  test.each([
    ['https://127.0.0.1/hook', 'outgoing_address_refused'],
    ['https://169.254.169.254/latest', 'outgoing_address_refused'],
    ['https://[::1]/hook', 'outgoing_address_refused'],
    ['https://[fd00:ec2::254]/hook', 'outgoing_address_refused'],
    ['https://hooks.example.com:6379/', 'outgoing_address_refused'],
    ['http://hooks.example.com/', 'outgoing_protocol_refused'],
    ['https://user:secret@hooks.example.com/', 'outgoing_protocol_refused'],
    ['file:///etc/passwd', 'outgoing_protocol_refused'],
    ['not an address', 'outgoing_protocol_refused'],
  ])('%s is refused when it is entered', async (address, code) => {
    await expect(team.addChannel({ kind: 'webhook', name: 'Inside', address })).rejects.toMatchObject({ code });
    expect(await db().channel.count()).toBe(0);
  });

  test('a name of this machine is refused when something is sent', async () => {
    const { channelId } = await team.addChannel({ kind: 'webhook', name: 'Inside', address: 'https://localhost/hook' });

    const answer = await testChannel(await team.admin.ask(), team.teamId, channelId);

    expect(answer.deliveries).toMatchObject([{ status: 'failed', problem: 'outgoing_address_refused' }]);
  });

  test('a redirect is not followed, wherever it leads', async () => {
    let asked = 0;
    const inner = createServer((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
    const { port } = inner.address() as AddressInfo;
    const { channelId, path } = await add('webhook');
    hooks.answer(path, { status: 307, headers: { location: `http://127.0.0.1:${port}/` } });

    const answer = await testChannel(await team.admin.ask(), team.teamId, channelId);

    expect(answer.deliveries).toMatchObject([{ status: 'failed', problem: 'outgoing_redirected', response: null }]);
    expect(asked).toBe(0);
    await new Promise((resolve) => inner.close(resolve));
  });
});

test('names that others chose mention nobody', async () => {
  const name = '<!channel> @everyone [x](https://evil.example) *b*';
  await db().project.update({ where: { id: team.projectId }, data: { name } });
  const channels = [await add('slack'), await add('discord'), await add('teams')];
  await team.turn('red');
  await deliver();

  for (const { received } of channels) {
    const [hook] = received();
    expect(hook?.raw).not.toMatch(/@everyone|https:\/\/evil/);
  }
  expect(channels[1]?.received()[0]?.body.allowed_mentions).toEqual({ parse: [] });
});
