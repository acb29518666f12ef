import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContext } from '@/lib/auth/context';
import { closeDb, pool } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher, publishFindings } from '@/lib/realtime/publish';
import { attachRealtime } from '@/lib/services/realtime-hub';
import { getSharedReport } from '@/lib/services/shared-reports';
import { until } from '@/tests/support/audits';
import { CLOSED_COLUMNS, countPlanted, plantCanaries, ROWS_OF_TEAM, textColumns } from '@/tests/support/canaries';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import {
  type Ask,
  addressOf,
  foreignAsks,
  isForeignPath,
  ownAsk,
  routesOf,
  toldBy,
} from '@/tests/support/foreign-asks';
import { prepareAuthSecret } from '@/tests/support/session-cookie';
import { type Tenant, tenant } from '@/tests/support/tenants';
import { apiDocument, app } from './app';

const RUNS = 1_500;
const WRITES = 750;
const CONVERSATIONS = 40;
/** What the door answers who names what is not theirs; a write may also be wrong in itself. */
/** 422: the asker's own connection is lost, whatever is asked of its host. */
const REFUSED = [400, 401, 403, 404, 410, 422];
const WRONG = [...REFUSED, 409, 413, 415, 429];
/** Some of the texts that whoever may read them is shown: a test that looks for what nobody is shown proves nothing. */
const SHOWN = [
  'audits-commit_subject',
  'configuration_versions-reason',
  'finding_comments-text',
  'finding_imports-tool_name',
  'findings-evidence',
  'findings-path',
  'invitations-email',
  'projects-name',
  'teams-name',
  'users-email',
  'users-name',
];

let database: TestDatabase;
let asker: Tenant;
let victim: Tenant;
/** Begins each text that only the victim may read. */
let canary: string;
/** As the victim was shown them. */
let words: string[];
let server: Server;
let realtime: { close: () => Promise<void> };

beforeAll(async () => {
  prepareAuthSecret();
  process.env.ELDER_API_RATE = '1000000';
  database = await testDatabase();
  asker = await tenant('asker');
  victim = await tenant('victim');
  canary = `zq${randomBytes(8).toString('hex')}`;
  await plantCanaries(victim, canary);
  words = await wordsShown();
  server = createServer();
  realtime = await attachRealtime(server, { messagesPerMinute: 1_000_000, messageBurst: 1_000_000 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 120_000);

afterAll(async () => {
  await realtime?.close();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const routes = routesOf(apiDocument().paths);
const reads = routes.filter(({ method }) => method === 'GET');

test('every column of every table is planted, or known to hold no text of a team', async () => {
  const columns = await textColumns();
  const bare: string[] = [];
  for (const { table, column } of columns) {
    const name = `${table}.${column}`;
    if (CLOSED_COLUMNS.has(table) || CLOSED_COLUMNS.has(name)) continue;
    if ((await countPlanted({ table, column }, victim.team.teamId, canary)) === 0) bare.push(name);
  }

  expect(bare).toEqual([]);
  const tables = new Set(columns.map(({ table }) => table));
  expect(Object.keys(ROWS_OF_TEAM).filter((table) => table !== 'memberships' && !tables.has(table))).toEqual([]);
});

test('whoever may read them is shown the canaries, and cursors', () => {
  expect(
    words.map((word) =>
      word
        .slice(canary.length + 1)
        .split('-')
        .slice(0, 2)
        .join('-'),
    ),
  ).toEqual(expect.arrayContaining(SHOWN));
  expect(words.filter((word) => !word.includes(canary)).length).toBeGreaterThan(1);
});

test('nothing of another team is told, wherever its ids, texts and cursors are put', { timeout: 600_000 }, async () => {
  const answers = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(foreignAsks(reads, { asker, victim, words }), async (ask) => {
      const { status, text } = await send(ask, asker);
      answers.set(status, (answers.get(status) ?? 0) + 1);

      expect(leaksIn(text, toldBy(ask))).toEqual([]);
      expect(status).toBeLessThan(500);
      if (isForeignPath(ask, victim)) expect(REFUSED).toContain(status);
    }),
    { numRuns: RUNS },
  );

  // A good part of the questions went through, and few were turned away for being too many.
  expect(answers.get(200) ?? 0).toBeGreaterThan(RUNS / 10);
  expect(answers.get(429) ?? 0).toBeLessThan(RUNS / 50);
});

test('nothing of another team is changed or told by writes that name it', { timeout: 600_000 }, async () => {
  const writes = routes.filter(({ method }) => method !== 'GET');
  const before = await rowsOf(victim);
  let accepted = 0;
  /** What was written into one's own rows is there, and shown. */
  let said = '';
  await fc.assert(
    // Texts that were written into one's own rows would be one's own.
    fc.asyncProperty(foreignAsks(writes, { asker, victim, words: [] }), async (ask) => {
      fc.pre(isForeignPath(ask, victim) || namesVictim(JSON.stringify(ask.body ?? null)));
      const { status, text } = await send(ask, asker);
      if (status < 300) accepted += 1;
      said += toldBy(ask);

      expect(leaksIn(text, said)).toEqual([]);
      expect(status).toBeLessThan(500);
      if (isForeignPath(ask, victim)) expect(WRONG).toContain(status);
    }),
    { numRuns: WRITES },
  );

  expect(await rowsOf(victim)).toEqual(before);
  expect(accepted).toBeGreaterThan(10);
  // Ids that were written into one's own rows bring nothing to light there.
  for (const route of reads) {
    const { text } = await send(ownAsk(route, asker.ids), asker);
    expect([route.path, leaksIn(text, said)]).toEqual([route.path, []]);
  }
});

test('no socket hears of another team, whatever it asks to join', { timeout: 120_000 }, async () => {
  const frames: string[] = [];
  const socket = await connect(asker.token, frames);
  const [own, theirs] = [asker, victim].map(({ team: { teamId }, ids }) => ({
    teamId,
    projectId: ids.projectId ?? '',
  }));
  if (!own || !theirs) throw new Error('two tenants');
  const ids = [...Object.values(victim.ids), ...Object.values(asker.ids)];
  const id = fc.constantFrom(...ids);
  const room = fc.tuple(fc.constantFrom('project', 'team', 'audit'), id).map((parts) => parts.join(':'));
  const data = fc.dictionary(
    fc.constantFrom('projectId', 'teamId', 'auditId', 'room', 'rooms', 'magics'),
    fc.oneof(id, room, fc.array(fc.oneof(id, room), { maxLength: 2 }), fc.constant(null)),
  );
  const event = fc.constantFrom(
    'subscribe_updates',
    'subscribe_team',
    'unsubscribe',
    'filter',
    'join',
    'deliver_update',
  );
  const wellFormed = fc.constantFrom<[string, object]>(
    ['subscribe_updates', { projectId: theirs.projectId }],
    ['subscribe_team', { teamId: theirs.teamId }],
    ['subscribe_updates', { projectId: theirs.projectId, teamId: own.teamId }],
  );

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.tuple(event, data), wellFormed), { minLength: 1, maxLength: 5 }),
      async (said) => {
        await Promise.all(said.map(([name, payload]) => answerOf(socket, name, payload)));
        expect(await answerOf(socket, 'subscribe_updates', { projectId: own.projectId })).toEqual({ ok: true });
        const heard = frames.length;
        await publishFindings(theirs);
        await publishFindings(own);
        await until('the own event', async () =>
          frames.slice(heard).some((frame) => frame.includes('findings_changed')),
        );

        expect(frames.slice(heard).filter((frame) => leaksIn(frame, '').length > 0)).toEqual([]);
      },
    ),
    { numRuns: CONVERSATIONS },
  );
  socket.disconnect();
});

test('no id or text of another team opens a shared report', async () => {
  for (const [at, token] of [...Object.values(victim.ids), ...words].entries()) {
    const who = { userId: asker.userId, roles: new Map(), requestId: 'r', address: `192.0.2.${at}`, log: logger() };
    await expect(getSharedReport(createContext(who), token, 1)).rejects.toMatchObject({ code: 'gone' });
  }
});

/** Status and text, without what differs from request to request. */
async function send(ask: Ask, { token }: Tenant): Promise<{ status: number; text: string }> {
  const { route, headers, body } = ask;
  const isText = typeof body === 'string';
  const answer = await app.request(addressOf(ask), {
    method: route.method,
    headers: {
      ...Object.fromEntries(headers),
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': isText ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const names = JSON.stringify([...answer.headers]);
  return { status: answer.status, text: `${await answer.text()}\n${names}` };
}

/** What the victim is shown of its own: texts as they stand there, and places in lists. */
async function wordsShown(): Promise<string[]> {
  const found = new Set<string>();
  for (const route of reads) {
    const { text } = await send(ownAsk(route, victim.ids), victim);
    for (const [word] of text.matchAll(new RegExp(`${canary}-[\\w.@-]+`, 'g'))) found.add(word);
    if (!route.query.some(({ name }) => name === 'cursor')) continue;
    const page = await send(ownAsk(route, victim.ids, [['limit', '1']]), victim);
    const cursor = /"nextCursor":"([^"]+)"/.exec(page.text)?.[1];
    if (cursor) found.add(cursor);
  }
  return [...found, ...victim.words];
}

/** Ids and texts of the victim that are in a text, and that its reader did not say. */
function leaksIn(text: string, told: string): string[] {
  const planted = [...text.matchAll(new RegExp(`${canary}[\\w.@-]*`, 'g'))].map(([word]) => word);
  const known = [...victim.words, ...Object.values(victim.ids)].filter((word) => text.includes(word));
  return [...planted, ...known].filter((word) => !told.includes(word));
}

function namesVictim(text: string): boolean {
  return Object.values(victim.ids).some((id) => text.includes(id));
}

/** Every row of a team, as the database holds it. */
async function rowsOf({ team: { teamId } }: Tenant): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const [table, where] of Object.entries(ROWS_OF_TEAM)) {
    const { rows } = await pool().query<{ row: string }>(
      `select t::text as row from ${table} t where ${where} order by 1`,
      [teamId],
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

async function connect(token: string, frames: string[]): Promise<Socket> {
  const { port } = server.address() as AddressInfo;
  const socket = io(`http://127.0.0.1:${port}`, { auth: { token }, transports: ['websocket'], reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.io.engine.on('data', (frame) => frames.push(String(frame)));
  return socket;
}

/** null: the server says nothing to such a word. */
function answerOf(socket: Socket, name: string, payload: unknown): Promise<unknown> {
  const isAnswered = !['join', 'deliver_update'].includes(name);
  if (!isAnswered) socket.emit(name, payload);
  return isAnswered ? socket.timeout(5_000).emitWithAck(name, payload) : Promise.resolve(null);
}
