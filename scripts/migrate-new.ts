import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyMigrations } from './migrations/apply';
import { readMigrations } from './migrations/history';
import { diffSchema } from './migrations/schema-engine';
import { ownerUrl } from './postgres/record';
import { startTemporaryPostgres } from './postgres/temporary';

// npm run migrate:new -- add_labels   writes the SQL that brings the database to prisma/schema.prisma, to be reviewed.
const MIGRATIONS = 'prisma/migrations';

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migrate:new -- <name>   (lower case, digits and underscores)');
  process.exit(2);
}

await using postgres = await startTemporaryPostgres();
const url = ownerUrl(postgres.cluster.record);
const migrations = readMigrations(MIGRATIONS);
await applyMigrations(url, migrations);
const sql = await diffSchema(url, 'prisma/schema.prisma');

if (sql === null) {
  console.log('The migrations already lead to the schema.');
} else {
  const newest = Number.parseInt(migrations.at(-1)?.name ?? '0', 10);
  const number = String(newest + 1).padStart(4, '0');
  const file = path.join(MIGRATIONS, `${number}_${name}`, 'migration.sql');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(path.join(MIGRATIONS, 'migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(file, sql);
  console.log(`Wrote ${file}. Review it before you commit it.`);
}
