import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { app } from './app';

const TOKEN = 'a-token-of-metrics-0';
let database: TestDatabase;

beforeAll(async () => {
  process.env.METRICS_TOKEN = TOKEN;
  database = await testDatabase();
});

afterAll(async () => {
  delete process.env.METRICS_TOKEN;
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test.each(['/metrics', '/health/metrics', '/scaling/judge'])(
  '%s takes the token of metrics and nothing else',
  async (path) => {
    const ask = async (authorization?: string) =>
      (await app.request(`/api/v1${path}`, authorization === undefined ? {} : { headers: { authorization } })).status;

    expect(await ask(`Bearer ${TOKEN}`)).toBe(200);
    expect(await ask()).toBe(401);
    expect(await ask('Bearer another-token-of-them')).toBe(401);
  },
);

test('whether the process lives is asked without it', async () => {
  expect((await app.request('/api/v1/health/live')).status).toBe(200);
});
