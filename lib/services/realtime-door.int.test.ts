import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { closeDb, db } from '@/lib/db/client';
import { SOCKET_LIMITS } from '@/lib/realtime/limits';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { prepareAuthSecret, type SignedIn, signedInPerson, signInAgain } from '@/tests/support/session-cookie';
import { attachRealtime } from './realtime-hub';

const CLOSE_FRAME = 0x88;
const LIMITS = { connections: 8, strangers: 2, strangerMs: 3000, perPerson: 3 };

let database: TestDatabase;
let server: Server;
let realtime: { close: () => Promise<void> };
let url: string;
let person: SignedIn;
const open: Socket[] = [];

beforeAll(async () => {
  prepareAuthSecret();
  database = await testDatabase();
  server = createServer();
  realtime = await attachRealtime(server, LIMITS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  person = await signedInPerson([(await createTeam()).teamId]);
});

afterEach(async () => {
  for (const client of open.splice(0)) client.disconnect();
  await until('all connections to be gone', async () => (await connectionCount()) === 0);
});

afterAll(async () => {
  await realtime.close();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

describe('a handshake', () => {
  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1'])('of the origin %s is refused', async (origin) => {
    expect(await ending(socket({ cookie: person.cookie, origin }))).toMatch(/websocket error/);
  });

  test('of the own origin is let in', async () => {
    expect(await ending(socket({ cookie: person.cookie, origin: url }))).toBe('connected');
  });

  test.each([
    ['nothing', {}, {}],
    ['a token that does not exist', {}, { token: 'elder_nothing' }],
    ['a token of another type', {}, { token: { $ne: null } }],
    ['a cookie that is none', { cookie: 'next-auth.session-token=eyJhbGciOiJub25lIn0.e30.' }, {}],
  ])('with %s is refused', async (_, headers, auth) => {
    expect(await ending(socket(headers, auth))).toBe('unauthenticated');
  });

  test('with a token in the address is refused, with the same token as a message it is let in', async () => {
    const token = createTokenValue();
    const { teamId } = await db().membership.findFirstOrThrow({ where: { userId: person.userId } });
    const row = { userId: person.userId, teamId, name: 'Machine', tokenHash: hashSecret(token), scopes: ['read'] };
    await db().apiToken.create({ data: row });

    expect(await ending(socket({}, {}, `?token=${token}`))).toBe('unauthenticated');
    expect(await ending(socket({}, { token }))).toBe('connected');
  });

  test('is answered with the headers of every answer, refused or not', async () => {
    for (const headers of [new Headers(), new Headers({ origin: 'http://evil.example' })]) {
      const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers });
      await answer.text();

      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    await until('the stranger to be sent away', async () => (await connectionCount()) === 0);
  });
});

describe('too many connections', () => {
  test('of one person are refused; others are let in, and closing one makes place', async () => {
    const other = await signedInPerson([]);
    const own: Socket[] = [];
    for (let count = 0; count < LIMITS.perPerson; count += 1) own.push(socket({ cookie: person.cookie }));
    const ends = await Promise.all(own.map(ending));

    const another = await signInAgain(person.userId);
    const beyond = await ending(socket({ cookie: another.cookie }));
    const stranger = await ending(socket({ cookie: other.cookie }));
    own[0]?.disconnect();

    expect([ends, beyond, stranger]).toEqual([Array(3).fill('connected'), 'rate_limited', 'connected']);
    await until('a place', async () => (await ending(socket({ cookie: person.cookie }))) === 'connected');
  });

  test('of nobody leave people who are signed in unharmed, and are closed soon', async () => {
    const strangers = await Promise.all([rawSocket(), rawSocket(), rawSocket(), rawSocket()]);
    const refused = strangers.filter(({ isOpen }) => !isOpen);

    const known = await ending(socket({ cookie: person.cookie }));

    expect([refused.length, known]).toEqual([2, 'connected']);
    await Promise.all(strangers.map(({ closed }) => closed));
  });

  test('of all people together are refused', async () => {
    const people = await Promise.all([signedInPerson([]), signedInPerson([]), signedInPerson([])]);
    const cookies = people.flatMap(({ cookie }) => [cookie, cookie, cookie]);
    const ends: string[] = [];

    for (const cookie of cookies) ends.push(await ending(socket({ cookie })));

    expect(ends).toEqual([...Array(LIMITS.connections).fill('connected'), expect.stringMatching(/websocket error/)]);
  });
});

describe('messages', () => {
  test('of a megabyte close the connection they come from and no other', async () => {
    const [loud, quiet] = [await connected(), await connected()];
    const reason = new Promise<string>((resolve) => loud.on('disconnect', resolve));

    loud.emit('filter', { magics: ['x'.repeat(1_000_000)] });

    expect(await reason).toMatch(/transport/);
    expect(await quiet.emitWithAck('filter', { magics: ['git'] })).toEqual({ ok: true });
  });

  test('that come too fast close the connection', async () => {
    const [loud, quiet] = [await connected(), await connected()];
    const reason = new Promise<string>((resolve) => loud.on('disconnect', resolve));

    for (let count = 0; count <= SOCKET_LIMITS.messageBurst; count += 1) loud.emit('filter', {});

    expect(await reason).toMatch(/transport/);
    expect(await quiet.emitWithAck('filter', { magics: ['git'] })).toEqual({ ok: true });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['a text', '{"magics":["git"]}'],
    ['an unknown magic', { magics: ['(a+)+$'] }],
    ['an object for a list', { magics: { length: 1e9 } }],
    ['nine magics', { magics: Array(9).fill('git') }],
    ['bytes', { severities: [Buffer.alloc(100)] }],
  ])('with %s for a filter are refused and harm nothing', async (_, filter) => {
    const client = await connected();

    expect(await client.emitWithAck('filter', filter)).toEqual({ ok: false, code: 'invalid_request' });
    expect(await client.emitWithAck('filter', { severities: ['high'] })).toEqual({ ok: true });
  });

  test('with names of the prototype change no prototype', async () => {
    const client = await connected();

    const answer = await client.emitWithAck('filter', JSON.parse('{"__proto__":{"polluted":1},"constructor":1}'));

    expect(answer).toEqual({ ok: true });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('nobody listens to, or without a place for the answer, are passed over', async () => {
    const client = await connected();

    for (const name of ['deliver_update', 'toString', '']) client.emit(name, {});
    client.emit('filter', {}, 'no function');
    client.emit('subscribe_updates');

    expect(await client.emitWithAck('filter', {})).toEqual({ ok: true });
  });

  test('that join many rooms at once get no more than one may have', async () => {
    const { teamId } = await db().membership.findFirstOrThrow({ where: { userId: person.userId } });
    await db().project.createMany({
      data: Array.from({ length: 60 }, (_, place) => ({
        teamId,
        name: `${place}`,
        repositoryUrl: '/nowhere',
        canonicalKey: `many-${place}`,
        branch: 'main',
      })),
    });
    const projects = await db().project.findMany({ where: { teamId }, select: { id: true } });
    const client = await connected();

    const answers: { ok: boolean }[] = await Promise.all(
      projects.map(({ id }) => client.emitWithAck('subscribe_updates', { projectId: id })),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(SOCKET_LIMITS.rooms);
  });
});

function socket(extraHeaders: Record<string, string>, auth: object = {}, query = ''): Socket {
  const client = io(url + query, {
    transports: ['websocket'],
    extraHeaders,
    auth,
    reconnection: false,
    forceNew: true,
  });
  open.push(client);
  return client;
}

/** `connected`, or why not. */
function ending(client: Socket): Promise<string> {
  return new Promise((resolve) => {
    client.on('connect', () => resolve('connected'));
    client.on('connect_error', ({ message }) => resolve(message));
    client.on('disconnect', resolve);
  });
}

async function connected(): Promise<Socket> {
  const client = socket({ cookie: person.cookie });
  expect(await ending(client)).toBe('connected');
  return client;
}

/** A connection that never says who it is. */
function rawSocket(): Promise<{ isOpen: boolean; closed: Promise<unknown> }> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve) => {
    const request = get(`${url}/socket.io/?EIO=4&transport=websocket`, { headers });
    request.on('upgrade', (_, stream) => {
      stream.on('data', (frame: Buffer) => void (frame[0] === CLOSE_FRAME && stream.end()));
      resolve({ isOpen: true, closed: once(stream, 'close') });
    });
    request.on('response', (answer) => resolve({ isOpen: false, closed: once(answer.resume(), 'close') }));
  });
}

function connectionCount(): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
