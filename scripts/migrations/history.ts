import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import type { AppliedMigration } from '@/lib/migration-history';

export interface Migration {
  name: string;
  sql: string;
  /** As Prisma computes it, so that its tools read our history. */
  checksum: string;
}

export function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The migrations to apply next. Refuses a history that this release did not write. */
export function pendingMigrations(known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, checksum, isFinished } of applied) {
    const migration = byName.get(name);
    if (!migration) {
      throw refusal(`The database was made by a newer release of Ancient Elder (it holds migration ${name}).`, name);
    }
    if (!isFinished) throw refusal(`Migration ${name} of the database was started and never finished.`, name);
    if (migration.checksum !== checksum) {
      throw refusal(`Migration ${name} was changed after it was applied to the database.`, name);
    }
  }

  const done = new Set(applied.map((migration) => migration.name));
  return known.filter((migration) => !done.has(migration.name));
}

function refusal(message: string, migration: string): AppError {
  return new AppError('conflict', message, { details: { migration } });
}
