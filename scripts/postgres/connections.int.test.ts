import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { connectionWarning } from './connections';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('a server with room for a web and a worker is no matter', async () => {
  expect(await connectionWarning(false)).toBeNull();
});

test('names how many connections there are and how many may be needed', async () => {
  await limitTo(30);

  const [overPostgres, overRedis] = [await connectionWarning(false), await connectionWarning(true)];

  expect(overPostgres).toBe(
    'PostgreSQL offers 30 connections; one web (18) and one worker (29) may need 47: raise its limit.',
  );
  expect(overRedis).toBeNull();
});

async function limitTo(connections: number): Promise<void> {
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  await client.query(`alter database "${new URL(database.url).pathname.slice(1)}" connection limit ${connections}`);
  await client.end();
}
