import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { applyMigrations } from '@/scripts/migrations/apply';
import { readMigrations } from '@/scripts/migrations/history';
import { adminUrl, ownerUrl } from '@/scripts/postgres/record';
import { startTemporaryPostgres } from '@/scripts/postgres/temporary';

interface Access {
  adminUrl: string;
  ownerUrl: string;
  template: string;
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
  const access = { adminUrl: adminUrl(record), ownerUrl: ownerUrl(record), template: 'elder' };
  await migrate(access.ownerUrl);
  return { access, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

/** Copies the template. The copy belongs to the owner, as the real database does. */
export async function copyTemplate({ adminUrl: url, ownerUrl: owner, template }: Access): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const role = decodeURIComponent(new URL(owner).username);
  await runSql(
    url,
    `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)} OWNER ${pg.escapeIdentifier(role)}`,
  );
  return withDatabase(owner, name);
}

export async function dropDatabase(url: string, database: string): Promise<void> {
  await runSql(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`);
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function openGiven(url: string): Promise<DatabaseServer> {
  const template = `elder_template_${randomBytes(8).toString('hex')}`;
  await runSql(url, `CREATE DATABASE ${pg.escapeIdentifier(template)}`);
  await migrate(withDatabase(url, template));
  return {
    access: { adminUrl: url, ownerUrl: url, template },
    [Symbol.asyncDispose]: () => dropDatabase(url, template),
  };
}

async function migrate(url: string): Promise<void> {
  await applyMigrations(url, readMigrations(path.resolve('prisma/migrations')));
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function runSql(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
