import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { CHANGE_ACTIONS, type ChangeAction } from '@/lib/schemas/change-actions';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { runSql } from '@/tests/support/postgres';
import { appendLogEntry, type HashedEntry, hashEntry } from './log-chain';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const append = (teamId: string | null, action: ChangeAction) =>
  db().$transaction((tx) =>
    appendLogEntry(tx, {
      action,
      actorId: null,
      teamId,
      after: { weight: 0.8, none: undefined },
      address: '192.0.2.1',
    }),
  );

test('entries of a chain follow one another without a gap, however many are written at once', async () => {
  const team = await db().team.create({ data: { name: 'One' } });

  await Promise.all(
    Array.from({ length: 12 }, (_, index) => append(team.id, CHANGE_ACTIONS[index % 3] ?? 'team.renamed')),
  );
  await append(null, 'session.created');

  const entries = await db().auditLogEntry.findMany({ where: { chain: team.id }, orderBy: { sequence: 'asc' } });
  expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  let previous = '';
  for (const { id: _, hash, at, chain, sequence, ...entry } of entries) {
    const hashed = { ...entry, chain, sequence, at: at.toISOString() } as HashedEntry;
    expect(hashEntry(hashed, previous)).toBe(hash);
    previous = hash ?? '';
  }
  expect(await db().auditLogHead.findUnique({ where: { chain: team.id } })).toMatchObject({
    sequence: 12,
    hash: previous,
  });
  expect(await db().auditLogHead.findUnique({ where: { chain: 'instance' } })).toMatchObject({ sequence: 1 });
});

test('the database refuses to change or delete an entry', async () => {
  const team = await db().team.create({ data: { name: 'Two' } });
  await append(team.id, 'team.renamed');

  await expect(db().auditLogEntry.updateMany({ data: { action: 'thing.kept' } })).rejects.toThrow('denied');
  await expect(db().auditLogEntry.deleteMany({})).rejects.toThrow('denied');
  for (const change of [`update audit_log set action = 'thing.kept'`, 'delete from audit_log', 'truncate audit_log']) {
    await expect(runSql(database.ownerUrl, change)).rejects.toThrow('not changed');
  }

  expect(await db().auditLogEntry.count({ where: { chain: team.id, action: 'team.renamed' } })).toBe(1);
});
