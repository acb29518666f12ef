import type { Env } from '@/lib/env';

export type Mode = 'production' | 'development';
export type Program = 'web' | 'worker' | 'prepare' | 'register';

/** What Node is given to run each of our programs. */
export type Programs = Readonly<Record<Program, readonly string[]>>;

/**
 * A heap that grows by 15 % from one collection to the next keeps a worker under 256 MB where 290 MB would be used, for a
 * tenth more processor time; `--optimize-for-size` spares 25 MB more and costs a quarter. Threads that collect garbage get
 * in the way of those that parse: without them an audit takes a tenth less processor time.
 */
const WORKER_OPTIONS = [
  '--single-threaded-gc',
  '--max-semi-space-size=2',
  '--heap-growing-percent=15',
  '--max-old-space-size=1536',
];

export const PROGRAMS: Readonly<Record<Mode, Programs>> = {
  production: {
    web: ['dist/server.js'],
    worker: [...WORKER_OPTIONS, 'dist/worker.js'],
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
