import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { settleApplicationRole } from '@/scripts/migrations/application-role';
import { applyMigrations } from '@/scripts/migrations/apply';
import { readMigrations } from '@/scripts/migrations/history';
import { adminUrl, applicationUrl, ownerUrl } from '@/scripts/postgres/record';
import { startTemporaryPostgres } from '@/scripts/postgres/temporary';

interface Access {
  adminUrl: string;
  ownerUrl: string;
  /** Of the role that owns nothing, as which everything that is tested works. */
  applicationUrl: string;
  template: string;
}

export interface DatabaseCopy {
  url: string;
  ownerUrl: string;
}

export interface DatabaseServer extends AsyncDisposable {
  access: Access;
}

/** A PostgreSQL with a migrated template: the one of DATABASE_URL, or else a temporary one. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const given = process.env.DATABASE_URL;
  if (given) return await openGiven(given);

  const temporary = await startTemporaryPostgres();
  const { record } = temporary.cluster;
  const access = {
    adminUrl: adminUrl(record),
    ownerUrl: ownerUrl(record),
    applicationUrl: applicationUrl(record),
    template: 'elder',
  };
  await migrate(access.ownerUrl, access.applicationUrl);
  return { access, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

/** Copies the template. The copy belongs to the owner, as the real database does. */
export async function copyTemplate(access: Access): Promise<DatabaseCopy> {
  const { adminUrl: url, ownerUrl: owner, template } = access;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const role = decodeURIComponent(new URL(owner).username);
  await runSql(
    url,
    `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)} OWNER ${pg.escapeIdentifier(role)}`,
  );
  return { url: withDatabase(access.applicationUrl, name), ownerUrl: withDatabase(owner, name) };
}

export async function dropDatabase(url: string, database: string): Promise<void> {
  await runSql(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`);
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function openGiven(url: string): Promise<DatabaseServer> {
  const template = `elder_template_${randomBytes(8).toString('hex')}`;
  const role = `${template}_app`;
  const password = randomBytes(16).toString('hex');
  await runSql(url, `CREATE DATABASE ${pg.escapeIdentifier(template)}`);
  await runSql(url, `CREATE ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD '${password}'`);
  const application = new URL(url);
  Object.assign(application, { username: role, password });
  await migrate(withDatabase(url, template), withDatabase(application.href, template));
  return {
    access: { adminUrl: url, ownerUrl: url, applicationUrl: application.href, template },
    [Symbol.asyncDispose]: async () => {
      await dropDatabase(url, template);
      await runSql(url, `DROP ROLE ${pg.escapeIdentifier(role)}`);
    },
  };
}

async function migrate(owner: string, application: string): Promise<void> {
  await applyMigrations(owner, readMigrations(path.resolve('prisma/migrations')));
  await settleApplicationRole({ ownerUrl: owner, applicationUrl: application });
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** What only the owner of a database may do, as somebody who holds it. */
export async function runSql(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
