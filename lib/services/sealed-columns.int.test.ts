import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db, pool } from '@/lib/db/client';
import { env } from '@/lib/env';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { checkEncryptionKeys, newRowId, rotateEncryptionKey, seal, unseal } from './sealed-columns';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const COLUMN = 'connections.secret';
const keyFile = () => path.join(env().ELDER_DATA_DIR, 'encryption-keys.json');
const keysKept = async () => (JSON.parse(await readFile(keyFile(), 'utf8')) as { keys: string[] }).keys;

async function plantToken(teamId: string, token: string) {
  const id = newRowId();
  const secret = await seal(COLUMN, { teamId, rowId: id }, token);
  await db().connection.create({
    data: { id, teamId, provider: 'github', baseUrl: 'https://github.com', name: 'Host', kind: 'token', secret },
  });
  const read = async () => {
    const row = await db().connection.findFirstOrThrow({ where: { id } });
    return { sealed: row.secret ?? '', text: await unseal(COLUMN, { teamId, rowId: id }, row.secret ?? '') };
  };
  return { id, read };
}

test('keeps the key in a file that its owner alone may read', async () => {
  const { teamId } = await createTeam();
  await plantToken(teamId, 'token');

  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  expect(await keysKept()).toHaveLength(1);
});

test('a dump of the database holds no secret', async () => {
  const { teamId } = await createTeam();
  await plantToken(teamId, 'canary-5f2d');

  const { rows } = await pool().query('select c::text as row from connections c');

  expect(JSON.stringify(rows)).not.toContain('canary-5f2d');
});

test('a secret that was moved to another row or team does not open', async () => {
  const [one, other] = [await createTeam(), await createTeam()];
  const token = await plantToken(one.teamId, 'of one');
  const { sealed } = await token.read();

  await expect(unseal(COLUMN, { teamId: other.teamId, rowId: token.id }, sealed)).rejects.toMatchObject({
    code: 'internal',
  });
  await expect(unseal(COLUMN, { teamId: one.teamId, rowId: newRowId() }, sealed)).rejects.toMatchObject({
    code: 'internal',
  });
});

test('rotates while the product runs, and again', async () => {
  const { teamId } = await createTeam();
  const token = await plantToken(teamId, 'stays the same');
  const before = await token.read();

  const first = await rotateEncryptionKey();
  const between = await token.read();
  const second = await rotateEncryptionKey();
  const after = await token.read();

  expect([before.text, between.text, after.text]).toEqual(Array(3).fill('stays the same'));
  expect(between.sealed).toContain(first.keyId);
  expect(after.sealed).toContain(second.keyId);
  expect(first.sealedAnew).toBeGreaterThan(0);
  expect(await keysKept()).toHaveLength(2);
});

test('names the key that is missing', async () => {
  const { teamId } = await createTeam();
  const token = await plantToken(teamId, 'secret');
  await expect(checkEncryptionKeys()).resolves.toBeUndefined();

  await pool().query(
    `update connections set secret = 'v1.00112233aabbccdd.' || split_part(secret, '.', 3) where id = $1::uuid`,
    [token.id],
  );

  await expect(checkEncryptionKeys()).rejects.toMatchObject({
    code: 'invalid_settings',
    details: { keyId: '00112233aabbccdd' },
  });
  await expect(token.read()).rejects.toMatchObject({ code: 'unavailable', details: { keyId: '00112233aabbccdd' } });
  await db().connection.deleteMany({ where: { id: token.id } });
});
