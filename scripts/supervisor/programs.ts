import type { Env } from '@/lib/env';

export type Mode = 'production' | 'development';
export type Program = 'web' | 'worker' | 'prepare' | 'register';

const BUNDLES: Record<Program, string> = {
  web: 'dist/server.js',
  worker: 'dist/worker.js',
  prepare: 'dist/prepare.js',
  register: 'dist/register.js',
};

const SOURCES: Record<Program, string> = {
  web: 'server.ts',
  worker: 'workers/main.ts',
  prepare: 'scripts/supervisor/prepare.ts',
  register: 'scripts/supervisor/register.ts',
};

/** What Node is given to run a program of ours. */
export function programArgs(program: Program, mode: Mode): string[] {
  return mode === 'production' ? [BUNDLES[program]] : ['--import', 'tsx', SOURCES[program]];
}

/** The settings of one of our programs. Only the one that needs them gets the first owner's. */
export function programEnv(program: Program, source: NodeJS.ProcessEnv, settings: Env): NodeJS.ProcessEnv {
  const { ELDER_INIT_EMAIL, ELDER_INIT_PASSWORD, ELDER_INIT_API_TOKEN, ...others } = source;
  const first = program === 'prepare' ? { ELDER_INIT_EMAIL, ELDER_INIT_PASSWORD, ELDER_INIT_API_TOKEN } : {};
  return {
    ...others,
    ...first,
    NODE_ENV: settings.NODE_ENV,
    ELDER_DATA_DIR: settings.ELDER_DATA_DIR,
    PUBLIC_URL: settings.PUBLIC_URL,
    DATABASE_URL: settings.DATABASE_URL,
    AUTH_SECRET: settings.AUTH_SECRET,
    NEXTAUTH_SECRET: settings.AUTH_SECRET,
    NEXTAUTH_URL: settings.PUBLIC_URL,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
