import { expect, test } from 'vitest';
import { loadEnv } from '@/lib/env';
import { programEnv } from './programs';

const OWNER = 'postgresql://owner:pw@db/elder';
const given = {
  DATABASE_URL: 'postgresql://app:pw@db/elder',
  DATABASE_OWNER_URL: OWNER,
  ELDER_INIT_EMAIL: 'owner@example.org',
  ELDER_INIT_PASSWORD: 'long-enough-1',
};

test('who the owner of the database is, is told to nothing that runs on', () => {
  const envOf = (program: 'web' | 'worker' | 'prepare' | 'register') =>
    programEnv(program, given as unknown as NodeJS.ProcessEnv, loadEnv(given));

  expect(envOf('prepare')).toMatchObject(given);
  for (const program of ['web', 'worker', 'register'] as const) {
    expect(Object.values(envOf(program))).not.toContain(OWNER);
    expect(envOf(program)).toMatchObject({ DATABASE_URL: given.DATABASE_URL });
  }
});
