import type { Env } from '@/lib/env';
import { webOptions, workerOptions } from '@/lib/node-options';

export type Mode = 'production' | 'development';
export type Program = 'web' | 'worker' | 'prepare' | 'register';

/** What Node is given to run each of our programs. */
export type Programs = Readonly<Record<Program, readonly string[]>>;

export const PROGRAMS: Readonly<Record<Mode, Programs>> = {
  production: {
    web: [...webOptions(), 'dist/server.js'],
    worker: [...workerOptions(), 'dist/worker.js'],
    prepare: ['dist/prepare.js'],
    register: ['dist/register.js'],
  },
  development: {
    web: ['--import', 'tsx', 'server.ts'],
    worker: ['--import', 'tsx', 'workers/main.ts'],
    prepare: ['--import', 'tsx', 'scripts/supervisor/prepare.ts'],
    register: ['--import', 'tsx', 'scripts/supervisor/register.ts'],
  },
};

/** The settings of one of our programs. Only the one that needs them gets the first owner's, and those of the database's owner. */
export function programEnv(program: Program, source: NodeJS.ProcessEnv, settings: Env): NodeJS.ProcessEnv {
  const { ELDER_INIT_EMAIL, ELDER_INIT_PASSWORD, ELDER_INIT_API_TOKEN, DATABASE_OWNER_URL: _, ...others } = source;
  const { DATABASE_OWNER_URL } = settings;
  const first =
    program === 'prepare' ? { ELDER_INIT_EMAIL, ELDER_INIT_PASSWORD, ELDER_INIT_API_TOKEN, DATABASE_OWNER_URL } : {};
  // glibc gives each thread a heap of its own, which keeps what a parse once needed.
  const memory = program === 'worker' ? { MALLOC_ARENA_MAX: '2' } : {};
  return {
    ...memory,
    ...others,
    ...first,
    NODE_ENV: settings.NODE_ENV,
    ELDER_DATA_DIR: settings.ELDER_DATA_DIR,
    PUBLIC_URL: settings.PUBLIC_URL,
    DATABASE_URL: settings.DATABASE_URL,
    DATABASE_ROLE: settings.DATABASE_ROLE,
    AUTH_SECRET: settings.AUTH_SECRET,
    NEXTAUTH_SECRET: settings.AUTH_SECRET,
    NEXTAUTH_URL: settings.PUBLIC_URL,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
