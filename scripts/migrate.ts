import path from 'node:path';
import { databaseUrl } from '@/lib/env';
import { applyMigrations } from './migrations/apply';
import { readMigrations } from './migrations/history';

// Brings the database of DATABASE_URL up to date, for those who run their own PostgreSQL.
try {
  const applied = await applyMigrations(databaseUrl(), readMigrations(path.resolve('prisma/migrations')));
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
