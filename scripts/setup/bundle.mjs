import { existsSync, readdirSync, rmSync } from 'node:fs';
import { PROGRAM_OPTIONS, SELF_CONTAINED } from './bundle-options.mjs';
import { SetupFailure } from './failure.mjs';

/** The programs Node runs, in dist/, beside the parts they share. The names are part of how they find each other. */
const PROGRAMS = {
  server: 'server.ts',
  worker: 'workers/main.ts',
  'heavy-thread': 'lib/services/heavy/heavy-thread.ts',
  instance: 'bin/instance.ts',
  migrate: 'scripts/migrate.ts',
  'set-up': 'scripts/set-up.ts',
  'check-store': 'scripts/check-store.ts',
  'check-instance': 'scripts/check-instance.ts',
  supervisor: 'scripts/supervisor/main.ts',
  prepare: 'scripts/supervisor/prepare.ts',
  register: 'scripts/supervisor/register.ts',
};

const SHORT_LIVED = {
  'blob-thread': 'lib/facts/code/blob-thread.ts',
  elder: 'bin/elder.ts',
};

const OUT = 'dist';

export async function bundle() {
  removeParts();
  await buildInto(OUT, PROGRAMS, { packages: 'external' });
  await buildInto(OUT, SHORT_LIVED, SELF_CONTAINED);
}

async function buildInto(outdir, programs, options) {
  const { build, formatMessages } = await import('esbuild');
  const entryPoints = Object.fromEntries(Object.entries(programs).filter(([, source]) => existsSync(source)));
  await build({
    ...PROGRAM_OPTIONS,
    ...options,
    entryPoints,
    outdir,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  }).catch(async (error) => {
    const messages = await formatMessages(error.errors ?? [], { kind: 'error' });
    throw new SetupFailure(`Bundling failed:\n${messages.join('').trim() || error.message}`);
  });
}

/** Parts are named by what they hold, so those of earlier builds would stay for ever. */
function removeParts() {
  const names = existsSync(OUT) ? readdirSync(OUT) : [];
  for (const name of names) if (/^chunk-\w+\.js(?:\.map)?$/.test(name)) rmSync(`${OUT}/${name}`);
}
