import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db, query } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { asNobody, asSystem, narrowTo } from './tenants';

let database: TestDatabase;
let own: TestTeam;
let other: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  own = await createTeam();
  other = await createTeam();
  for (const team of [own, own, other]) await createProject(team);
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

/** A request of somebody in these teams. */
function asTeams<Value>(teams: readonly TestTeam[], run: () => Promise<Value>): Promise<Value> {
  return asNobody(async () => {
    await wait(0);
    narrowTo(teams.map(({ teamId }) => teamId));
    return run();
  });
}

describe('a query that forgot whose rows it wants', () => {
  test('gets those of the asker alone', async () => {
    const all = () => query<{ team: string }>`select distinct team_id as team from projects`;

    expect(await asTeams([own], all)).toEqual([{ team: own.teamId }]);
    expect(await asTeams([own, other], all)).toHaveLength(2);
    expect(await asNobody(all)).toEqual([]);
    expect(await asTeams([own], () => db().project.count())).toBe(2);
    expect(await asTeams([own], () => asSystem(() => db().project.count()))).toBe(3);
    expect(await db().project.count()).toBe(3);
  });

  test('changes and deletes nothing of others, and makes nothing for them', async () => {
    const rename = () => db().project.updateMany({ data: { name: 'Taken' } });
    const remove = () => db().project.deleteMany({ where: { teamId: other.teamId } });
    const make = () => createProject(other);

    expect(await asTeams([own], rename)).toEqual({ count: 2 });
    expect(await asTeams([own], remove)).toEqual({ count: 0 });
    await expect(asTeams([own], make)).rejects.toThrow('row-level security');

    expect(await db().project.findMany({ where: { teamId: other.teamId }, select: { name: true } })).toEqual([
      { name: 'Project' },
    ]);
  });

  test('is held inside transactions too', async () => {
    const count = () => db().$transaction((tx) => tx.project.count());

    expect(await asTeams([other], count)).toBe(1);
  });
});

test('many at once share the connections, and each keeps to its own', async () => {
  const seen = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const team = index % 2 === 0 ? own : other;
      const rows = await asTeams(
        [team],
        () => query<{ team: string }>`select team_id as team, pg_sleep(0.001) from projects`,
      );
      return rows.length === (index % 2 === 0 ? 2 : 1) && rows.every((row) => row.team === team.teamId);
    }),
  );

  expect(seen.filter((isOwn) => !isOwn)).toEqual([]);
});

describe('the database', () => {
  test('is asked under a role that cannot go past row-level security', async () => {
    const [role] = await query`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`;

    expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  });

  test('guards every table that holds what is a team’s, for its owner too', async () => {
    const open = await query<{ table: string }>`
      select distinct c.relname as table from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and (a.attname in ('team_id', 'project_id', 'audit_id', 'finding_id') or c.relname = 'teams')
        and not (c.relrowsecurity and c.relforcerowsecurity
          and exists (select from pg_policy p where p.polrelid = c.oid))`;

    expect(open).toEqual([]);
  });

  test('shows nothing to a connection that does not say whose rows it wants', async () => {
    const [row] = await db().$transaction(async (tx) => {
      await tx.$executeRaw`set local elder.team_ids to default`;
      return tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from projects`;
    });

    expect(row).toEqual({ count: 0 });
  });
});

test('no service asks for one row in a way that Prisma puts together with those of other requests', () => {
  const lines = ['lib', 'workers', 'app'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^db\/generated/.test(file))
      .flatMap((file) => {
        const text = readFileSync(path.join(folder, file), 'utf8');
        return [...text.matchAll(/\bdb\(\)\s*\.(\w+)\s*\.findUnique/g)].map(([, model]) => `${file}: ${model}`);
      }),
  );

  // People and sessions belong to no team.
  expect(lines.filter((line) => !/: (?:user|session|setupLink|passwordReset)$/.test(line))).toEqual([]);
});
