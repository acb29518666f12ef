import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { until } from '@/tests/support/audits';
import { emptyInstance } from '@/tests/support/restored';
import { applyMigrations } from './apply';
import { readMigrations } from './history';

const LOCK = 471_148;

/** A second part that waits until the test lets go, after much was written. */
const STEPS = {
  '0001_first': 'CREATE TABLE first (id int PRIMARY KEY)',
  '0002_killed': `
    CREATE TABLE killed (id int PRIMARY KEY);
    INSERT INTO killed SELECT generate_series(1, 1000);
    SELECT pg_advisory_xact_lock(${LOCK});
    CREATE TABLE after_killed (id int)`,
  '0003_last': 'ALTER TABLE killed ADD COLUMN name text',
};

test('a migration that is killed in its middle begins anew with the next start and ends as if nothing had been', async () => {
  await using instance = await emptyInstance({ isMigrated: false });
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-migrations-'));
  for (const [name, sql] of Object.entries(STEPS)) {
    await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, name, 'migration.sql'), sql);
  }
  const client = new pg.Client({ connectionString: instance.ownerUrl });
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  const child = startMigrating(instance.ownerUrl, directory);
  const isHeld = async () => {
    const { rowCount } = await client.query(
      `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objid = $1 AND NOT l.granted`,
      [LOCK],
    );
    return rowCount === 1;
  };
  await until('the second migration to stand still', isHeld);

  child.kill('SIGKILL');
  await once(child, 'exit');
  const { rows: between } = await client.query(
    `SELECT to_regclass('first')::text AS first, to_regclass('killed')::text AS killed`,
  );
  await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  const applied = await applyMigrations(instance.ownerUrl, readMigrations(directory));

  expect(between).toEqual([{ first: 'first', killed: null }]);
  expect(applied).toEqual(['0002_killed', '0003_last']);
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM killed WHERE name IS NULL) AS killed, to_regclass('after_killed')::text AS after,
       (SELECT array_agg(migration_name::text ORDER BY 1) FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS names`,
  );
  expect(rows).toEqual([{ killed: 1000, after: 'after_killed', names: Object.keys(STEPS) }]);
  await client.end();
  await rm(directory, { recursive: true });
});

function startMigrating(url: string, directory: string): ChildProcess {
  const program = `
    import { applyMigrations } from '@/scripts/migrations/apply';
    import { readMigrations } from '@/scripts/migrations/history';
    await applyMigrations(process.argv[1], readMigrations(process.argv[2]));`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, url, directory], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
