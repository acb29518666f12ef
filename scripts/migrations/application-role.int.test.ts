import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { withSetting } from '@/lib/database-url';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { databaseName, runSql } from '@/tests/support/postgres';
import { settleApplicationRole } from './application-role';

const DENIED = '42501';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

/** The code of PostgreSQL's refusal; null when it did what was asked. */
async function refusal(url: string, sql: string): Promise<string | null> {
  try {
    await runSql(url, sql);
    return null;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the role that the web and the workers work under', () => {
  test.each([
    'alter table projects disable row level security',
    'alter table projects no force row level security',
    'drop policy of_teams on projects',
    'create policy everything on projects using (true)',
    'alter table audit_log disable trigger audit_log_is_append_only',
    'alter table audit_log disable trigger all',
    `set session_replication_role = 'replica'`,
    `update audit_log set action = 'team.renamed'`,
    'delete from audit_log',
    'truncate audit_log',
    'delete from audit_log_heads',
    `update audit_evidence set envelope = '{}'`,
    'delete from audit_evidence',
    `update evidence_keys set public_key = ''`,
    'delete from evidence_keys',
    'update instance set id = gen_random_uuid()',
    'truncate teams cascade',
    'drop table findings',
    'alter table findings owner to current_user',
    'create or replace function elder_sees_all() returns boolean language sql as $$ select true $$',
    'create trigger mine before insert on audit_log execute function refuse_change_of_log()',
    'create table here (id int)',
    'create table bullmq.here (id int)',
    'delete from _prisma_migrations',
    'delete from bullmq.migration',
    'set role elder',
    'set session authorization elder',
    'create role another',
  ])('may not: %s', async (sql) => {
    expect(await refusal(database.url, sql)).toBe(DENIED);
  });

  test('owns nothing and goes past nothing', async () => {
    const owned = await rowsOf(
      database.url,
      `select c.relname from pg_class c where pg_has_role(session_user, c.relowner, 'MEMBER')
       union all select p.proname from pg_proc p where pg_has_role(session_user, p.proowner, 'MEMBER')
       union all select n.nspname from pg_namespace n where pg_has_role(session_user, n.nspowner, 'MEMBER')
         and n.nspname !~ '^pg_'`,
    );
    const role = await rowsOf(
      database.url,
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = session_user',
    );

    expect(owned).toEqual([]);
    expect(role).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ]);
  });

  test('has what it needs of each table and each sequence, and of no other more', async () => {
    const lacking = await rowsOf(
      database.url,
      `select c.relname from pg_class c
       where c.relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace) and (
         c.relkind = 'S' and not has_sequence_privilege(c.oid, 'USAGE')
         or c.relkind in ('r', 'p')
           and not (has_table_privilege(c.oid, 'SELECT')
             and (c.relname in ('instance', 'migration', '_prisma_migrations') or has_table_privilege(c.oid, 'INSERT'))))`,
    );
    const more = await rowsOf(
      database.url,
      `select c.relname from pg_class c
       where c.relnamespace in ('public'::regnamespace, 'bullmq'::regnamespace) and c.relkind in ('r', 'p')
         and has_table_privilege(c.oid, 'TRUNCATE, TRIGGER, REFERENCES')`,
    );

    expect(lacking).toEqual([]);
    expect(more).toEqual([]);
  });
});

describe('settling the role', () => {
  test('gives a table that came later what it needs, and takes back what nobody meant', async () => {
    const { url: applicationUrl, ownerUrl } = database;
    await runSql(ownerUrl, 'create table later (id bigserial primary key)');
    const name = new URL(applicationUrl).username;
    await runSql(ownerUrl, `grant update on evidence_keys to ${name}; grant delete on audit_log to ${name}`);
    expect(await refusal(applicationUrl, 'select * from later')).toBe(DENIED);

    await settleApplicationRole({ ownerUrl, applicationUrl });

    expect(await refusal(applicationUrl, 'insert into later default values')).toBeNull();
    expect(await refusal(applicationUrl, `update evidence_keys set public_key = ''`)).toBe(DENIED);
    expect(await refusal(applicationUrl, 'delete from audit_log')).toBe(DENIED);
    await runSql(ownerUrl, 'drop table later');
  });

  test('finds none where one user owns all and may make no roles', async () => {
    const { ownerUrl } = database;

    const settled = await settleApplicationRole({ ownerUrl, applicationUrl: ownerUrl });

    expect(settled).toEqual({ role: null, isTaken: false });
  });

  test('makes one to be taken where the user may make roles, and finds it again', async () => {
    const name = databaseName(database.url);
    const owner = `maker_${randomBytes(4).toString('hex')}`;
    const { adminUrl } = inject('postgres');
    await runSql(adminUrl, `create role ${owner} login createrole password 'p'`);
    await runSql(adminUrl, `grant ${new URL(database.ownerUrl).username} to ${owner}`);
    const ownUrl = Object.assign(new URL(database.ownerUrl), { username: owner, password: 'p' }).href;
    try {
      const made = await settleApplicationRole({ ownerUrl: ownUrl, applicationUrl: ownUrl });
      const again = await settleApplicationRole({ ownerUrl: ownUrl, applicationUrl: ownUrl });

      expect(made).toEqual({ role: `${name}_app`, isTaken: true });
      expect(again).toEqual(made);
      const taken = withSetting(ownUrl, 'role', `${name}_app`);
      expect(await refusal(taken, 'select * from projects')).toBeNull();
      expect(await refusal(taken, 'drop policy of_teams on projects')).toBe(DENIED);
      expect(await refusal(taken, 'delete from audit_log')).toBe(DENIED);
    } finally {
      await runSql(database.ownerUrl, `drop owned by ${name}_app`).catch(() => undefined);
      await runSql(ownUrl, `drop owned by ${name}_app; drop role ${name}_app`);
      await runSql(adminUrl, `drop role ${owner}`);
    }
  });

  test('says which role is missing', async () => {
    const { ownerUrl, url: applicationUrl } = database;

    await expect(settleApplicationRole({ ownerUrl, applicationUrl, role: 'nobody_made_it' })).rejects.toThrow(
      'The database has no role nobody_made_it',
    );
  });
});
