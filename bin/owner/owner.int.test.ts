import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { runSql } from '@/tests/support/postgres';
import { emptyInstance } from '@/tests/support/restored';
import { runDoctor } from '../doctor/run-doctor';
import { runOwner } from './run-owner';

const GIVEN = { ...process.env };

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await createTeam();
});

afterEach(() => {
  Object.assign(process.env, GIVEN);
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

interface Teams {
  teams: { teamId: string; isOwner: boolean }[];
}

async function owner(teamId?: string): Promise<Teams & { code: number }> {
  process.env.DATABASE_URL = database.url;
  const { text, code } = await runOwner({ name: 'owner', teamId, isJson: true }, 'en');
  return { ...(JSON.parse(text) as Teams), code };
}

test('an installation without an owner is given to a team by its id, which is logged', async () => {
  const { teamId } = await createTeam();
  await db().instance.updateMany({ data: { ownerTeamId: null } });
  const { text } = await runDoctor({ isJson: false }, 'en');
  expect(text).toContain('elder owner TEAM-ID');
  expect((await owner()).teams.filter(({ isOwner }) => isOwner)).toEqual([]);

  expect(await owner('no id')).toMatchObject({ code: 2 });
  expect(await owner('00000000-0000-4000-8000-000000000000')).toMatchObject({ code: 2 });
  const given = await owner(teamId);

  expect(given).toMatchObject({
    code: 0,
    teams: expect.arrayContaining([expect.objectContaining({ teamId, isOwner: true })]),
  });
  expect(given.teams.filter(({ isOwner }) => isOwner)).toHaveLength(1);
  expect(await db().auditLogEntry.findMany({ where: { action: 'instance.owner_changed' } })).toMatchObject([
    { actorId: null, target: teamId },
  ]);
});

test.each([
  [['Only'], 'Only'],
  [['First', 'Second'], null],
])('an upgrade of the teams %j gives the installation to %j', async (names, expected) => {
  await using instance = await emptyInstance({ isMigrated: false });
  const { known, migrate } = instance.target.migrating;
  await migrate(new Set(known.map(({ name }) => name).filter((name) => name < '0034')));
  const values = names.map((name, place) => `(gen_random_uuid(), '${name}', now() + ${place} * interval '1 second')`);
  const as = `SET elder.team_ids = '*';`;
  await runSql(instance.ownerUrl, `${as} INSERT INTO teams (id, name, created_at) VALUES ${values.join(', ')}`);

  await migrate();

  const client = new pg.Client({ connectionString: instance.ownerUrl, options: '-c elder.team_ids=*' });
  await client.connect();
  const owners = 'SELECT t.name FROM instance i LEFT JOIN teams t ON t.id = i.owner_team_id';
  const { rows } = await client.query(owners);
  await client.end();
  expect(rows).toEqual([{ name: expected }]);
});
