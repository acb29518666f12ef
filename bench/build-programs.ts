import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** Builds programs as `npm run build` does, by name, beside the thread that reads blobs. @param outdir where to. */
export async function buildPrograms(
  outdir: string,
  entryPoints: Record<string, string>,
  options: BuildOptions = {},
): Promise<void> {
  await build({
    entryPoints: { ...entryPoints, 'blob-thread': 'lib/facts/code/blob-thread.ts' },
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'error',
    ...options,
  });
}
