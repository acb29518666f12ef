import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db, query } from '@/lib/db/client';
import { findSeparation } from '@/lib/db/separation';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { createPerson } from '@/tests/support/people';
import { actAsSystem, asNobody, asPerson, asSystem, narrowTo } from './tenants';

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

  test('gets nothing where nobody said whose rows are wanted, unless the program answers nobody', async () => {
    const shared = globalThis as { elderDefaultScope?: unknown };
    delete shared.elderDefaultScope;

    const undeclared = await db().project.count();
    const asked = await asSystem(() => db().project.count());
    actAsSystem();

    expect([undeclared, asked, await db().project.count()]).toEqual([0, 3, 3]);
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

describe('people', () => {
  test('are seen by those they are or were in a team with, and by themselves', async () => {
    const [mate, stranger, former] = await Promise.all([
      createPerson({ [own.teamId]: 'member' }),
      createPerson({ [other.teamId]: 'member' }),
      createPerson({ [own.teamId]: 'member' }),
    ]);
    await db().membership.deleteMany({ where: { userId: former.userId } });
    const ids = [mate, stranger, former].map(({ userId }) => userId);
    const seen = async () => (await db().user.findMany({ where: { id: { in: ids } } })).map(({ id }) => id);

    expect((await asTeams([own], seen)).sort()).toEqual([mate.userId, former.userId].sort());
    expect(await asTeams([other], seen)).toEqual([stranger.userId]);
    expect(await asNobody(seen)).toEqual([]);
    expect(await asNobody(() => asPerson(stranger.userId, seen))).toEqual([stranger.userId]);
  });

  test('change themselves alone, and their sessions and identities are theirs', async () => {
    const [mate, me] = await Promise.all([
      createPerson({ [own.teamId]: 'member' }),
      createPerson({ [own.teamId]: 'member' }),
    ]);
    for (const { userId } of [mate, me]) {
      await db().session.create({ data: { userId, expiresAt: new Date(Date.now() + 60_000) } });
      await db().identity.create({ data: { userId, provider: 'p', subject: userId, label: 'l' } });
    }
    await db().setupLink.create({ data: { tokenHash: 'hash', expiresAt: new Date(Date.now() + 60_000) } });
    const tries = () =>
      Promise.all([
        db().user.updateMany({ data: { passwordHash: 'taken' } }),
        db().session.updateMany({ data: { browser: 'taken' } }),
        db().identity.deleteMany({}),
        db().setupLink.deleteMany({}),
      ]);
    const counts = async (run: () => ReturnType<typeof tries>) => (await run()).map(({ count }) => count);

    expect(await counts(() => asTeams([own], tries))).toEqual([0, 0, 0, 0]);
    expect(await counts(() => asTeams([own], () => asPerson(me.userId, tries)))).toEqual([1, 1, 1, 0]);
    expect(await db().user.count({ where: { passwordHash: 'taken' } })).toBe(1);
  });
});

describe('the database', () => {
  test('is asked under a role that cannot go past row-level security', async () => {
    const [role] = await query`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`;

    expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  });

  test('is asked under a role that cannot become the owner of its tables', async () => {
    expect(await findSeparation()).toBe('login');
  });

  test('guards every table that holds what is a team’s, for its owner too', async () => {
    const open = await query<{ table: string }>`
      select distinct c.relname as table from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and (a.attname in ('team_id', 'project_id', 'audit_id', 'finding_id', 'user_id', 'chain')
          or c.relname in ('teams', 'users', 'setup_links'))
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

  expect(lines).toEqual([]);
});

test('no web code says that the whole process is the product itself', () => {
  const files = ['lib', 'app'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^db\/generated/.test(file))
      .filter((file) => readFileSync(path.join(folder, file), 'utf8').includes('actAsSystem('))
      .map((file) => `${folder}/${file}`),
  );

  expect([...files, ...(readFileSync('server.ts', 'utf8').includes('actAsSystem(') ? ['server.ts'] : [])]).toEqual([
    'lib/auth/tenants.ts',
  ]);
});
