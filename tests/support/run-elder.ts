import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let built: Promise<string> | undefined;

/** The command line, built from the sources as they are now: it starts in a part of the time that sources take. */
export function builtElder(): Promise<string> {
  built ??= buildElder();
  return built;
}

async function buildElder(): Promise<string> {
  // Below the repository, because packages are found from there.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, 'elder-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: { elder: join(ROOT, 'bin/elder.ts'), 'blob-thread': join(ROOT, 'lib/facts/code/blob-thread.ts') },
    outdir,
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'silent',
  });
  return join(outdir, 'elder.js');
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  env?: Readonly<Record<string, string>>;
  input?: string;
  cwd?: string;
}

/** Runs the command line to its end, in English, and with no more of the environment than given. */
export async function runElder(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return runProgram(process.execPath, [await builtElder(), ...args], options);
}

export function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, input = '', cwd = ROOT }: RunOptions = {},
): Promise<Ended> {
  const { PATH, TMPDIR } = process.env;
  const child = spawn(program, args, {
    cwd,
    env: {
      PATH,
      LANG: 'C',
      ...(TMPDIR && { TMPDIR }),
      ...env,
    } as unknown as NodeJS.ProcessEnv,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
