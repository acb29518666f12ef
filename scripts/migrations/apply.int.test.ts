import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { applyMigrations } from './apply';
import type { Migration } from './history';

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
  await query('DROP TABLE "_prisma_migrations"');
  await query('DROP SCHEMA bullmq CASCADE');
});

afterEach(async () => {
  await database[Symbol.asyncDispose]();
});

describe('applying migrations', () => {
  test('applies all to a fresh database, with the tables of the queue', async () => {
    const applied = await applyMigrations(database.ownerUrl, [migration('0001_a', 'CREATE TABLE a (id int)')]);

    expect(applied).toEqual(['0001_a']);
    expect(await query('SELECT * FROM a')).toEqual([]);
    expect(await query("SELECT to_regclass('bullmq.migration') IS NOT NULL AS exists")).toEqual([{ exists: true }]);
  });

  test('applies nothing a second time', async () => {
    const known = [migration('0001_a', 'CREATE TABLE a (id int)')];
    await applyMigrations(database.ownerUrl, known);

    const applied = await applyMigrations(database.ownerUrl, known);

    expect(applied).toEqual([]);
  });

  test('applies each once when many start together', async () => {
    const known = [migration('0001_a', 'CREATE TABLE a (id int)'), migration('0002_b', 'CREATE TABLE b (id int)')];

    const applied = await Promise.all(Array.from({ length: 5 }, () => applyMigrations(database.ownerUrl, known)));

    expect(applied.flat().sort()).toEqual(['0001_a', '0002_b']);
  });

  test('refuses a migration that was changed after it was applied', async () => {
    await applyMigrations(database.ownerUrl, [migration('0001_a', 'CREATE TABLE a (id int)')]);

    const again = applyMigrations(database.ownerUrl, [migration('0001_a', 'CREATE TABLE a (id bigint)')]);

    await expect(again).rejects.toThrow('Migration 0001_a was changed after it was applied');
  });

  test('refuses a database of a newer release and leaves it alone', async () => {
    const known = [migration('0001_a', 'CREATE TABLE a (id int)')];
    await applyMigrations(database.ownerUrl, [...known, migration('0003_c', 'CREATE TABLE c (id int)')]);

    const older = applyMigrations(database.ownerUrl, [...known, migration('0002_b', 'CREATE TABLE b (id int)')]);

    await expect(older).rejects.toThrow('made by a newer release of Ancient Elder');
    expect(await query("SELECT to_regclass('b') AS b")).toEqual([{ b: null }]);
  });

  test('undoes a migration that fails and keeps those before it', async () => {
    const broken = migration('0002_b', 'CREATE TABLE b (id int); SELECT 1/0');

    const applying = applyMigrations(database.ownerUrl, [migration('0001_a', 'CREATE TABLE a (id int)'), broken]);

    await expect(applying).rejects.toThrow('Migration 0002_b failed and was undone');
    expect(await query("SELECT to_regclass('a')::text AS a, to_regclass('b')::text AS b")).toEqual([
      { a: 'a', b: null },
    ]);
    expect(await query('SELECT migration_name FROM "_prisma_migrations"')).toEqual([{ migration_name: '0001_a' }]);
  });
});

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}
