#!/usr/bin/env -S node --max-semi-space-size=4
// Half-spaces of 2 MB for what is young spare 40 MB and costs no time: an audit keeps what it reads, or drops it at once.

// Starts the built command line, or the sources where nothing is built.
import { existsSync } from 'node:fs';
import { register as registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Commands for whoever operates an installation: a program of its own. */
const OF_AN_INSTANCE = ['backup', 'restore', 'doctor', 'owner'];

const program = OF_AN_INSTANCE.includes(process.argv[2] ?? '') ? 'instance' : 'elder';
const root = new URL('../', import.meta.url);
const built = new URL(`dist/${program}.js`, root);

// Settings that name no place, as ELDER_DATA_DIR, mean the folder that npm start works in.
if (program === 'instance') process.chdir(fileURLToPath(root));

if (existsSync(built)) {
  await import(built.href);
} else {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('tsconfig.json', root)) });
  registerHooks(new URL('lib/source-alias.mjs', root));
  await import(new URL(`bin/${program}.ts`, root).href);
}
