import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

interface ThreadOptions {
  /** The thread's program, from the root of the project; bundled it lies beside the bundle that holds this file. */
  source: string;
  /** In place of `source`. */
  entry?: URL | undefined;
  resourceLimits: ResourceLimits;
}

/** Starts a program of ours in a thread, from source or from the bundle. */
export function startThread({ source, entry, resourceLimits }: ThreadOptions): Worker {
  const here = fileURLToPath(import.meta.url);
  const program = entry ?? pathToFileURL(programOf(here, source));
  // Code in place of a file: whatever bundles pages finds no file here to take along.
  return new Worker(bootOf(here, program), { eval: true, resourceLimits, execArgv: [], stdin: false });
}

function programOf(here: string, source: string): string {
  const folder = path.dirname(here);
  return here.endsWith('.ts')
    ? path.join(folder, '..', source)
    : path.join(folder, `${path.basename(source, '.ts')}.js`);
}

function bootOf(here: string, program: URL): string {
  if (!program.pathname.endsWith('.ts')) return `import(${JSON.stringify(program.href)})`;
  // From source a thread has no TypeScript of its own, and the path alias lives in the project's tsconfig.
  const tsconfig = path.join(path.dirname(here), '..', 'tsconfig.json');
  const alias = pathToFileURL(path.join(path.dirname(here), 'source-alias.mjs')).href;
  return `
    const { createRequire, register: registerHooks } = require('node:module');
    const { pathToFileURL } = require('node:url');
    const loader = createRequire(${JSON.stringify(here)}).resolve('tsx/esm/api').replace(/\\.cjs$/, '.mjs');
    import(pathToFileURL(loader).href).then(({ register }) => {
      register({ tsconfig: ${JSON.stringify(tsconfig)} });
      registerHooks(${JSON.stringify(alias)});
      return import(${JSON.stringify(program.href)});
    });`;
}
