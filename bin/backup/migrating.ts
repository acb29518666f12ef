import pg from 'pg';
import type { Migrating } from '@/lib/backup/restore-backup';
import { listAppliedMigrations } from '@/lib/migration-history';
import { settleApplicationRole } from '@/scripts/migrations/application-role';
import { applyMigrations } from '@/scripts/migrations/apply';
import { readMigrations } from '@/scripts/migrations/history';

interface Target {
  ownerUrl: string;
  applicationUrl: string;
  /** `DATABASE_ROLE` */
  role: string | undefined;
  /** Of this release. */
  migrationsDirectory: string;
}

/** Migrates a database that something is restored into. */
export function createMigrating({ ownerUrl, applicationUrl, role, migrationsDirectory }: Target): Migrating {
  const known = readMigrations(migrationsDirectory);
  return {
    known,
    listApplied: () => listApplied(ownerUrl),
    migrate: async (names) => {
      await applyMigrations(
        ownerUrl,
        known.filter(({ name }) => names?.has(name) ?? true),
      );
      if (!names) await settleApplicationRole({ ownerUrl, applicationUrl, role });
    },
  };
}

async function listApplied(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'elder-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await listAppliedMigrations(client)).map(({ name }) => name);
  } finally {
    await client.end();
  }
}
