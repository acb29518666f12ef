import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

function setUp(settings: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/set-up.ts'], {
    env: { ...process.env, DATABASE_URL: database.url, PUBLIC_URL: 'https://elder.example.com', ...settings },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('shows where the first owner signs up', () => {
  const { status, stdout } = setUp({});

  expect(stdout).toMatch(/^Create the first account: https:\/\/elder\.example\.com\/setup\?token=\S+\n$/);
  expect(status).toBe(0);
});

test('ends with 1 and a sentence when there is no database', () => {
  const { status, stderr } = setUp({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });

  expect(status).toBe(1);
  expect(stderr).toContain('No PostgreSQL answers at DATABASE_URL.');
});
