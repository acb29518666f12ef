import { existsSync } from 'node:fs';
import { SetupFailure } from './failure.mjs';

/** The programs Node runs, each one file in dist/. The names are part of how they find each other. */
const PROGRAMS = {
  server: 'server.ts',
  worker: 'workers/main.ts',
  'blob-thread': 'lib/facts/code/blob-thread.ts',
  'heavy-thread': 'lib/services/heavy/heavy-thread.ts',
  elder: 'bin/elder.ts',
  migrate: 'scripts/migrate.ts',
  supervisor: 'scripts/supervisor/main.ts',
  prepare: 'scripts/supervisor/prepare.ts',
  register: 'scripts/supervisor/register.ts',
};

export async function bundle() {
  const { build, formatMessages } = await import('esbuild');
  const entryPoints = Object.fromEntries(Object.entries(PROGRAMS).filter(([, source]) => existsSync(source)));
  await build({
    entryPoints,
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  }).catch(async (error) => {
    const messages = await formatMessages(error.errors ?? [], { kind: 'error' });
    throw new SetupFailure(`Bundling failed:\n${messages.join('').trim() || error.message}`);
  });
}
