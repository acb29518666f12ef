import type pg from 'pg';

/** The key Prisma's own tools take too: nobody migrates beside another one, and backups under way hold it shared. */
export const MIGRATION_LOCK = 72_707_369;

export interface AppliedMigration {
  name: string;
  checksum: string;
  /** False of one that was begun and whose end nobody wrote down. */
  isFinished: boolean;
}

const READ_HISTORY = `
  SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "isFinished"
  FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`;

/** What the database says of itself, in order; nothing where nobody ever migrated it. */
export async function listAppliedMigrations(client: Pick<pg.ClientBase, 'query'>): Promise<AppliedMigration[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`,
  );
  return rows[0]?.exists ? (await client.query<AppliedMigration>(READ_HISTORY)).rows : [];
}
