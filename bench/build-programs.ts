import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { PROGRAM_OPTIONS, SELF_CONTAINED } from '@/scripts/setup/bundle-options.mjs';

const absWorkingDir = fileURLToPath(new URL('..', import.meta.url));

/** Builds programs as `npm run build` does, by name. @param outdir where to. */
export async function buildPrograms(
  outdir: string,
  { worker, ...shortLived }: Record<string, string>,
  options: BuildOptions = {},
): Promise<void> {
  const shared = { ...PROGRAM_OPTIONS, absWorkingDir, outdir, logLevel: 'error', ...options } as const;
  if (worker) await build({ ...shared, packages: 'external', entryPoints: { worker } });
  const entryPoints = { ...shortLived, 'blob-thread': 'lib/facts/code/blob-thread.ts' };
  await build({ ...shared, ...SELF_CONTAINED, entryPoints });
}
