import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { digest } from './sources.mjs';
import { step } from './steps.mjs';

const STAMPS = 'dist/stamps.json';
const SHARED = ['package-lock.json', 'tsconfig.json', 'lib', 'prisma/schema.prisma'];

/** Each product of the build: what it is made of, a file it leaves, how it is made. */
const PRODUCTS = {
  client: {
    title: 'Database client generated',
    sources: ['package-lock.json', 'prisma/schema.prisma', 'scripts/generate.mjs'],
    leaves: 'lib/db/generated/client.ts',
    make: () => runQuietly('Generating the database client', process.execPath, ['scripts/generate.mjs']),
  },
  bundles: {
    title: 'Programs bundled',
    sources: [...SHARED, 'server.ts', 'workers', 'bin', 'k8s', 'scripts'],
    leaves: 'dist/server.js',
    make: bundle,
  },
  pages: {
    title: 'Pages built',
    sources: [...SHARED, 'app', 'components', 'public', 'proxy.ts', 'next.config.js'],
    leaves: '.next/BUILD_ID',
    make: buildPages,
  },
};

/** Makes a product unless it is up to date. @param {keyof typeof PRODUCTS} name */
export async function ensure(name) {
  const { title, sources, leaves, make } = PRODUCTS[name];
  const wanted = digest(sources);
  const isUpToDate = () => existsSync(leaves) && readStamps()[name] === wanted;
  if (isUpToDate()) return;
  await withSetupLock(async () => {
    if (isUpToDate()) return;
    await step(title, make);
    mkdirSync(path.dirname(STAMPS), { recursive: true });
    writeFileSync(STAMPS, `${JSON.stringify({ ...readStamps(), [name]: wanted }, null, 2)}\n`);
  });
}

function readStamps() {
  return existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
}

async function buildPages() {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  await runQuietly('Building the pages', process.execPath, [next, 'build'], env);
}
