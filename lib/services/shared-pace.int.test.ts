import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDb, query } from '@/lib/db/client';
import { createAnswerCache } from '@/lib/git/providers/answer-cache';
import { createProviderFetch, type ProviderFetch } from '@/lib/git/providers/provider-fetch';
import { createRequestPace, PACE_LIMITS, type PaceLimits } from '@/lib/git/providers/request-pace';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type Answered, type FakeServer, startFakeServer } from '@/tests/support/providers/fake-server';
import { clientAs } from './provider-clients';
import { createSharedPace, forgetOldPaces } from './shared-pace';

const LIMITS: PaceLimits = { ...PACE_LIMITS, writeGapMs: 0, longestWaitMs: 200 };

let database: TestDatabase;
const open: AsyncDisposable[] = [];

beforeAll(async () => {
  database = await testDatabase();
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
});

afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

async function startHost(before: () => Answered | null = () => null): Promise<FakeServer> {
  const host = await startFakeServer(() => [], before, { body: {} });
  open.push(host);
  return host;
}

/** What one process has of a credential: a pace of its own, and what the database knows. */
function processOf(baseUrl: string, token: string, limits = LIMITS): ProviderFetch {
  const fetch = createOutgoingFetch({
    rules: { allowLocal: true },
    timeoutMs: 5_000,
    maxBytes: 100_000,
    maxRedirects: 0,
  });
  open.push(fetch);
  const shared = createSharedPace({ id: randomUUID(), baseUrl, credential: { kind: 'token', token } });
  const pace = createRequestPace(limits, shared);
  return createProviderFetch({ provider: 'github', fetch, pace, answers: createAnswerCache() });
}

const outcomes = async (asked: (Promise<unknown> | undefined)[]) => {
  const settled = await Promise.allSettled(asked);
  return settled.map((one) => (one.status === 'fulfilled' ? 'answered' : (one.reason as { code: string }).code));
};

test.each([
  ['the primary limit', 429, { 'retry-after': '120' }],
  ['the secondary limit', 403, { 'retry-after': '60' }],
  ['a spent budget', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.now() / 1000 + 900) }],
])('%s that one process hears of holds for all others with the credential', async (_, status, headers) => {
  const host = await startHost();
  const token = randomUUID();
  const [first, second] = [processOf(host.url, token), processOf(host.url, token)];
  const stranger = processOf(host.url, randomUUID());
  const limit = { status, headers: headers as Record<string, string>, body: { message: 'You have exceeded a limit' } };
  host.answerNext(limit);

  const heard = await outcomes([first(`${host.url}/a`)]);
  const others = await outcomes([second(`${host.url}/b`), second(`${host.url}/c`, { method: 'POST' })]);
  const strange = await outcomes([stranger(`${host.url}/d`)]);

  expect([heard, others, strange]).toEqual([
    ['provider_rate_limited'],
    ['provider_rate_limited', 'provider_rate_limited'],
    ['answered'],
  ]);
  expect(host.requests.map(({ path }) => path)).toEqual(['/a', '/d']);
});

test('connections with one token keep one pace', async () => {
  const host = await startHost();
  const credential = { kind: 'token' as const, token: randomUUID() };
  const [first, second] = [randomUUID(), randomUUID()].map((id) =>
    clientAs(id, { provider: 'github', baseUrl: host.url }, credential),
  );
  host.answerNext({ status: 403, headers: { 'retry-after': '60' }, body: {} });

  const asked = [await outcomes([first?.fetch(host.url)]), await outcomes([second?.fetch(host.url)])];

  expect(asked).toEqual([['provider_rate_limited'], ['provider_rate_limited']]);
  expect(host.requests).toHaveLength(1);
});

test('the same credential at another host, or another credential, is not held up', async () => {
  const [host, other] = [await startHost(), await startHost()];
  const token = randomUUID();
  host.answerNext({ status: 429, headers: { 'retry-after': '120' }, body: {} });

  await outcomes([processOf(host.url, token)(host.url)]);

  expect(await outcomes([processOf(other.url, token)(other.url)])).toEqual(['answered']);
});

test('writes of two processes together are no more than those of one', async () => {
  const host = await startHost();
  const token = randomUUID();
  const limits = { ...LIMITS, writesPerMinute: 3 };
  const processes = [processOf(host.url, token, limits), processOf(host.url, token, limits)];

  const asked = await outcomes(
    [1, 2, 3].flatMap(() => processes.map((fetch) => fetch(`${host.url}/notes`, { method: 'POST' }))),
  );

  expect(asked.filter((one) => one === 'answered')).toHaveLength(3);
  expect(asked.filter((one) => one === 'provider_rate_limited')).toHaveLength(3);
  expect(host.requests).toHaveLength(3);
});

test('writes of two processes keep the gap that the host asks for', async () => {
  const host = await startHost();
  const token = randomUUID();
  const limits = { ...LIMITS, writeGapMs: 150, longestWaitMs: 5_000 };
  const startedAt = performance.now();
  const processes = [processOf(host.url, token, limits), processOf(host.url, token, limits)];

  await Promise.all(processes.flatMap((fetch) => [1, 2].map(() => fetch(`${host.url}/notes`, { method: 'POST' }))));

  // Three gaps between four writes; timers may be early by a millisecond.
  expect(performance.now() - startedAt).toBeGreaterThan(3 * limits.writeGapMs - 3);
});

test('the last requests of a budget are shared out, and then all wait', async () => {
  const resetAt = Math.floor(Date.now() / 1000) + 900;
  let left = 4;
  const host = await startHost(() => {
    left--;
    const headers = { 'x-ratelimit-remaining': String(Math.max(0, left)), 'x-ratelimit-reset': String(resetAt) };
    return left < 0 ? { status: 403, headers, body: {} } : { headers, body: {} };
  });
  const token = randomUUID();
  const [first, second] = [processOf(host.url, token), processOf(host.url, token)];
  await first(`${host.url}/first`);

  const asked = await outcomes([1, 2, 3].flatMap(() => [first(host.url), second(host.url)]));

  expect(asked.filter((one) => one === 'answered')).toHaveLength(3);
  // None was refused by the host itself.
  expect(host.requests).toHaveLength(4);
});

test('a database that refuses or does not answer holds nobody up', async () => {
  const host = await startHost();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const asOne = async (statement: string, undo: string) => {
    await owner.query('begin');
    await owner.query(statement);
    if (undo === 'commit') await owner.query('commit');
    const fetch = processOf(host.url, randomUUID());
    const began = performance.now();
    const asked = await outcomes([fetch(host.url), fetch(host.url, { method: 'POST' })]);
    return { asked, seconds: (performance.now() - began) / 1000 };
  };

  const locked = await asOne('lock table provider_paces in access exclusive mode', 'rollback');
  await owner.query('rollback');
  const gone = await asOne('alter table provider_paces rename to elsewhere', 'commit');
  await owner.query('alter table elsewhere rename to provider_paces');
  await owner.end();

  expect(locked.asked).toEqual(['answered', 'answered']);
  expect(locked.seconds).toBeLessThan(4);
  expect(gone.asked).toEqual(['answered', 'answered']);
});

test('the database is told nothing of the credential, and forgets it after a day', async () => {
  const host = await startHost();
  const token = randomUUID();
  await processOf(host.url, token)(host.url, { method: 'POST' });

  const rows = await query<{ row: string }>`select to_jsonb(p)::text as row from provider_paces p`;
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain(token);
  await query`update provider_paces set updated_at = now() - interval '25 hours'`;
  await forgetOldPaces();

  expect(await query`select 1 from provider_paces`).toEqual([]);
});
