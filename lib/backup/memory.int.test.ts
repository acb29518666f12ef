import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runSql } from '@/tests/support/postgres';
import { emptyInstance } from '@/tests/support/restored';
import { ROOT, runProgram } from '@/tests/support/run-elder';

const MEBI = 1024 * 1024;
/** Rows of 64 KiB that do not pack. */
const ROWS = 2_400;

test('a backup and a restore of 150 MiB hold less than half of it in memory', async () => {
  await using from = await emptyInstance({ isMigrated: true });
  await using to = await emptyInstance({ isMigrated: true });
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-memory-'));
  await runSql(
    from.ownerUrl,
    `INSERT INTO blob_facts (key, data)
       SELECT n::text, (SELECT string_agg(sha512((n || ' ' || part)::bytea), '') FROM generate_series(1, 1024) part)
       FROM generate_series(1, ${ROWS}) n`,
  );
  const elder = async (args: readonly string[], databaseUrl: string, ownerUrl: string) => {
    const program = path.join(ROOT, 'tests/support/programs/peak-memory.mjs');
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      ['--max-old-space-size=96', '--import', 'tsx', program, ...args],
      {
        env: {
          ELDER_DATA_DIR: path.join(directory, 'data'),
          BACKUP_DIR: path.join(directory, 'backups'),
          BACKUP_KEY: 'c0ffee00112233445566778899aabbccddeeff0123456789fedcba9876543210',
          DATABASE_URL: databaseUrl,
          DATABASE_OWNER_URL: ownerUrl,
        },
      },
    );
    expect(stderr).not.toMatch(/^elder:/m);
    expect(code).toBe(0);
    return { stdout, peakBytes: Number(/peak (\d+)/.exec(stderr)?.[1]) };
  };
  const idle = await elder(['backup', 'list'], from.url, from.ownerUrl);

  const made = await elder(['backup', '--json'], from.url, from.ownerUrl);
  const restored = await elder(['restore', '--json'], to.url, to.ownerUrl);

  const { name, rows } = JSON.parse(made.stdout) as { name: string; rows: number };
  const { size } = await stat(path.join(directory, 'backups/backups', name, 'data'));
  expect(size).toBeGreaterThan(135 * MEBI);
  expect(JSON.parse(restored.stdout)).toMatchObject({ name, rows });
  expect(made.peakBytes - idle.peakBytes).toBeLessThan(75 * MEBI);
  expect(restored.peakBytes - idle.peakBytes).toBeLessThan(75 * MEBI);
  await rm(directory, { recursive: true });
}, 300_000);
