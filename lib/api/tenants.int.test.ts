import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { prepareAuthSecret } from '@/tests/support/session-cookie';
import { type Ids, type Tenant, tenant } from '@/tests/support/tenants';
import { apiDocument, app } from './app';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { example?: unknown; schema?: { properties?: object } }> };
}

let database: TestDatabase;
let asker: Tenant;
let victim: Tenant;

/** Values of queries that a route does not go without. */
const REQUIRED: Readonly<Record<string, string>> = { commit: 'a'.repeat(40), format: 'json' };

/** Not of a tenant; who holds a link to join is in no team yet, and a Git host is let in by its signature. */
const COMMON: Ids = {
  magic: 'integrity',
  owner: 'acme',
  token: 'not-the-link',
  version: '1',
  provider: 'github',
  webhookId: 'none',
  kind: 'judge',
};

beforeAll(async () => {
  // Many more than a person asks in a minute, however fast the machine.
  process.env.ELDER_API_RATE = '1000000';
  prepareAuthSecret();
  database = await testDatabase();
  asker = await tenant('asker');
  victim = await tenant('victim');
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const routes = Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods ?? {}).map(([method, operation]) => ({
    id: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation: operation as Operation,
  })),
);
const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
const NOT_BY_TOKEN = { 'DELETE /api/v1/me/identities/{identityId}': true };
const ofTenants = routes.filter(({ path }) => namesIn(path).some((name) => !(name in COMMON)));

test('every parameter of a path is known here', () => {
  const known = new Set([...Object.keys(asker.ids), ...Object.keys(COMMON)]);

  expect(routes.flatMap(({ path }) => namesIn(path).filter((name) => !known.has(name)))).toEqual([]);
});

describe.each(ofTenants)('$id', ({ id, method, path, operation }) => {
  const example = exampleOf(operation);
  const must = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required);
  const query = must.map(({ name }) => `?${name}=${REQUIRED[name] ?? ''}`).join('');
  const names = namesIn(path).filter((name) => !(name in COMMON));
  /** Each way to name something of the other team in the path, the rest one's own. */
  const mixes = Array.from({ length: 2 ** names.length - 1 }, (_, index) =>
    names.filter((_name, place) => ((index + 1) >> place) & 1),
  );

  test.each(mixes)('answers for another team’s as for what is not there: %s', async (...foreign) => {
    const ids = { ...asker.ids, ...Object.fromEntries(foreign.map((name) => [name, victim.ids[name] ?? ''])) };
    const unknown = { ...asker.ids, ...Object.fromEntries(foreign.map((name) => [name, unlike(victim.ids[name])])) };

    const theirs = await ask(method, fill(path, ids) + query, example);
    const nobodys = await ask(method, fill(path, unknown) + query, example);

    // What takes a person is refused to a token before anything is looked for.
    expect(theirs).toEqual({ ...nobodys, status: id in NOT_BY_TOKEN ? 403 : 404 });
    expect(wordsIn(theirs.text)).toEqual([]);
  });
});

describe.each(routes.filter(({ method }) => method === 'GET'))('$id', ({ path, operation }) => {
  const queries = (operation.parameters ?? []).filter((one) => one.in === 'query');

  test('shows nothing of another team, whatever it is asked to narrow to', async () => {
    const tries = [
      '',
      ...queries.flatMap(({ name }) => [
        ...Object.values(victim.ids).map((id) => `?${name}=${id}`),
        ...victim.words.map((word) => `?${name}=${encodeURIComponent(word)}`),
      ]),
    ];

    for (const query of tries) {
      const { status, text } = await ask('GET', fill(path, asker.ids) + query);
      const told = query ? victim.words.filter((word) => query.includes(encodeURIComponent(word))) : [];

      expect(status).not.toBe(500);
      // A refusal may repeat the word that it refuses.
      expect([query, wordsIn(text).filter((word) => !told.includes(word) && !query.includes(word))]).toEqual([
        query,
        [],
      ]);
    }
  });
});

const lists = routes.filter(({ operation }) => operation.parameters?.some(({ name }) => name === 'cursor'));

test.each(lists)('$id takes a place of another team’s list to nowhere', async ({ path }) => {
  const theirs = JSON.parse((await ask('GET', `${fill(path, victim.ids)}?limit=1`, undefined, victim.token)).text);
  const cursor = theirs.nextCursor ?? Buffer.from(JSON.stringify([victim.ids.findingId])).toString('base64url');

  const { text } = await ask('GET', `${fill(path, asker.ids)}?cursor=${cursor}`);

  expect(wordsIn(text)).toEqual([]);
});

const naming = routes.filter(({ operation }) => fieldsOf(operation).length > 0);

test.each(naming)('$id changes nothing of another team that its body names', async ({ method, path, operation }) => {
  const example = exampleOf(operation) as object;
  const before = await stateOf(victim);

  for (const { name, idName, isList } of fieldsOf(operation)) {
    const id = victim.ids[idName] ?? randomUUID();
    const { status, text } = await ask(method, fill(path, asker.ids), { ...example, [name]: isList ? [id] : id });
    expect([name, status >= 400, wordsIn(text)]).toEqual([name, true, []]);
  }

  expect(await stateOf(victim)).toEqual(before);
});

function exampleOf({ requestBody }: Operation): unknown {
  return Object.values(requestBody?.content ?? {})[0]?.example;
}

/** Fields of a body that can name something of a team. */
function fieldsOf({ requestBody }: Operation): { name: string; idName: string; isList: boolean }[] {
  const schema = requestBody?.content['application/json']?.schema;
  return Object.keys(schema?.properties ?? {}).flatMap((name) => {
    const [, idName, isList] = /^(\w+Id)(s?)$/.exec(name) ?? [];
    return idName ? [{ name, idName, isList: isList === 's' }] : [];
  });
}

/** All that a tenant has, as the database holds it. */
async function stateOf({ team: { teamId } }: Tenant) {
  const ofProject = { where: { project: { teamId } } };
  return Promise.all([
    db().project.findMany({ where: { teamId } }),
    db().audit.findMany(ofProject),
    db().finding.findMany(ofProject),
    db().findingVerdict.findMany(ofProject),
    db().findingComment.findMany(ofProject),
    db().membership.findMany({ where: { teamId } }),
    db().apiToken.findMany({ where: { teamId }, omit: { lastUsedAt: true } }),
    db().invitation.findMany({ where: { teamId } }),
    db().passwordReset.findMany({ where: { teamId } }),
    db().shareLink.findMany(ofProject),
    db().findingImport.findMany(ofProject),
    db().channel.findMany({ where: { teamId } }),
    db().channelDelivery.findMany({ where: { teamId } }),
    db().webhookDelivery.findMany(ofProject),
    db().projectWebhook.findMany(ofProject),
  ]);
}

function wordsIn(text: string): string[] {
  return [...victim.words, ...Object.values(victim.ids)].filter((word) => text.includes(word));
}

function unlike(id = ''): string {
  return id.length === 36 ? randomUUID() : `${id.slice(0, -1)}${id.endsWith('9') ? '8' : '9'}`;
}

function fill(path: string, ids: Ids): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? COMMON[name] ?? '');
}

/** Status and text, without what differs from request to request. */
async function ask(method: string, path: string, body?: unknown, token = asker.token) {
  const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
  const answer = await app.request(path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text: text.replaceAll(answer.headers.get('x-request-id') ?? ' ', '') };
}
